"""The networks of myrtle_flow.py, and the initial weights that are drawn instead of read.

Written on their own from the formulas, as the rest: nothing is shared with lib/ but numbers.
"""

import hashlib
import math

import numpy as np
import torch
import torch.nn.functional as F

NETWORKS = ("myrtle-5", "fully-connected")


# ------------------------------------------------------------------ initial weights

def philox(counters, key):
    """Philox4x32-10 (Salmon et al. 2011) of counters [m, 4]: words [m, 4] below 2³²."""
    low = np.uint64(0xFFFFFFFF)
    c = [column.astype(np.uint64) for column in np.asarray(counters).T]
    k0, k1 = key
    for _ in range(10):
        p0, p1 = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        shift = np.uint64(32)
        c = [(p1 >> shift) ^ c[1] ^ np.uint64(k0), p1 & low,
             (p0 >> shift) ^ c[3] ^ np.uint64(k1), p0 & low]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack(c, axis=1)


def normals(count, seed, purpose):
    """Standard normal numbers of a seed and a purpose, float64.

    The seed is Philox's key, the purpose's SHA-256 the upper half of its counter; two words make a
    uniform number of 52 bits, two of these a pair of normal ones by Box and Muller.
    """
    digest = hashlib.sha256(purpose.encode()).digest()
    upper = [int.from_bytes(digest[at:at + 4], "little") for at in (0, 4)]
    key = (seed & 0xFFFFFFFF, seed >> 32)
    pairs = (count + 1) // 2
    out = np.empty((pairs, 2))
    for start in range(0, pairs, 1 << 18):
        block = np.arange(start, min(pairs, start + (1 << 18)), dtype=np.uint64)
        zero = np.zeros_like(block)
        words = philox(np.stack([block, zero, zero + np.uint64(upper[0]),
                                 zero + np.uint64(upper[1])], axis=1), key) >> np.uint64(6)
        words = words.astype(np.float64)
        u = (words[:, 0::2] * 2.0**26 + words[:, 1::2] + 0.5) * 2.0**-52
        radius, angle = np.sqrt(-2 * np.log(u[:, 0])), 2 * np.pi * u[:, 1]
        out[start:start + len(block)] = np.stack(
            [radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return out.reshape(-1)[:count]


def drawn_weights(sizes, seed):
    """Weights of the layers, one after the other, float32."""
    return np.concatenate([
        normals(size, seed, f"networks/parameter {layer}").astype(np.float32)
        for layer, size in enumerate(sizes)
    ])


# ------------------------------------------------------------------ networks

class SquaredError:
    """Squared error of a network without biases at θ_0 + D, a float64 vector, layer after layer.

    A network says `layers_of(width)`, pairs of a weight's shape as it is stored and its fan-in, how
    a stored weight is turned (`turned`), and its outputs and their tangents. The order of the
    parameters does not touch norms. In the ntk parametrization θ_0 is N(0, 1) and each layer's
    weights are multiplied by W_std/√fan_in; in the standard one θ_0 has that factor, and nothing is
    multiplied.
    """

    def __init__(self, start, images, targets, test_images, test_labels, width, *, device,
                 chunk=500, layout="contiguous", dtype=torch.float32, parametrization="ntk",
                 weight_std=math.sqrt(2)):
        self.device, self.chunk, self.dtype = device, chunk, dtype
        parts, scales, self.shapes, self.sizes, at = [], [], [], [], 0
        for shape, fan_in in self.layers_of(width):
            size = math.prod(shape)
            part = torch.as_tensor(np.asarray(start[at:at + size]), dtype=torch.float64)
            part = self.turned(part.reshape(shape))
            at += size
            self.shapes.append(tuple(part.shape))
            self.sizes.append(size)
            parts.append(part.reshape(-1))
            scales.append(torch.full((size,), weight_std / math.sqrt(fan_in), dtype=torch.float64))
        theta, scale = torch.cat(parts), torch.cat(scales)
        if parametrization == "standard":
            theta, scale = (theta * scale).float().double(), torch.ones_like(scale)
        self.start, self.multiplier = theta.to(device), scale.to(device)
        self.images, self.test_images = (
            self.inputs(torch.as_tensor(x)).contiguous().to(device, dtype)
            for x in (images, test_images)
        )
        self.targets = torch.as_tensor(targets).to(device, dtype)
        self.test_labels = torch.as_tensor(test_labels).long().to(device)
        self.test_targets = F.one_hot(self.test_labels, 10).to(dtype) - 0.1
        self.graph = None
        self.lay_out(layout)

    def lay_out(self, layout):
        self.layout = layout

    @staticmethod
    def turned(part):
        return part

    def layers(self, vector):
        """A vector's parts, multiplied, as the layers take them."""
        flat = (vector * self.multiplier).to(self.dtype)
        return [p.view(shape) for p, shape in zip(flat.split(self.sizes), self.shapes)]

    def weights(self, displacement, grad):
        return [w.detach().requires_grad_(grad) for w in self.layers(self.start + displacement)]

    def flat(self, gradients):
        """Derivatives by the multiplied weights as a float64 vector of those by θ."""
        return torch.cat([g.contiguous().reshape(-1) for g in gradients]).double() * self.multiplier

    def plain_velocity(self, displacement):
        weights = self.weights(displacement, True)
        total, residuals = None, []
        for x, y in zip(self.images.split(self.chunk), self.targets.split(self.chunk)):
            f = self.network(x, weights)
            residual = f.detach() - y
            part = self.flat(torch.autograd.grad(f, weights, residual))
            total = part if total is None else total + part
            residuals.append(residual)
        return -total, torch.cat(residuals)

    def velocity(self, displacement):
        """−∇L [parameters] in float64, and the residuals f − y [n, 10]."""
        if self.graph is None:
            return self.plain_velocity(displacement)
        self.place.copy_(displacement)
        self.graph.replay()
        return self.replayed[0].clone(), self.replayed[1].clone()

    def capture(self):
        """Makes `velocity` one CUDA graph, which needs a launch where there were a hundred."""
        self.place = torch.zeros_like(self.start)
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                expected = self.plain_velocity(self.place)
        torch.cuda.current_stream().wait_stream(side)
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.replayed = self.plain_velocity(self.place)
        graph.replay()
        torch.cuda.synchronize()
        off = max(float((a - b).norm() / b.norm()) for a, b in zip(self.replayed, expected))
        if not off < 1e-5:
            raise RuntimeError(f"the graph's gradient is {off:.1e} off")
        self.graph = graph

    @torch.no_grad()
    def residuals(self, displacement):
        weights = self.weights(displacement, False)
        return torch.cat([
            self.network(x, weights) - y
            for x, y in zip(self.images.split(self.chunk), self.targets.split(self.chunk))
        ])

    @torch.no_grad()
    def test(self, displacement):
        """Loss (a sum) and number of correct answers on the test images, on the device."""
        weights = self.weights(displacement, False)
        f = torch.cat([self.network(x, weights) for x in self.test_images.split(self.chunk)])
        loss = 0.5 * (f - self.test_targets).double().square().sum()
        return loss, (f.argmax(1) == self.test_labels).double().sum()

    def kernel_product(self, displacement):
        """v → J Jᵀ v at θ_0 + D, for float64 vectors [n · 10]."""
        weights = self.weights(displacement, True)
        graphs = []
        for x in self.images.split(self.chunk):
            kept = []
            graphs.append((self.network(x, weights, kept), kept))
        plain = [w.detach() for w in weights]

        def product(v):
            u = v.to(self.dtype).view(-1, 10).split(self.chunk)
            p = sum(
                self.flat(torch.autograd.grad(f, weights, part, retain_graph=True))
                for (f, _), part in zip(graphs, u)
            )
            with torch.no_grad():
                changes = self.layers(p)
                rows = [self.tangent(plain, changes, kept) for _, kept in graphs]
            return torch.cat(rows).double().reshape(-1)

        return product


class Myrtle5(SquaredError):
    """[conv 3×3, relu] ×2, pool 2×2, conv, relu, pool 2×2, conv, relu, pool 8×8, dense."""

    @staticmethod
    def layers_of(c):
        convolutions = [((3, 3, inputs, c), 9 * inputs) for inputs in (3, c, c, c)]
        return convolutions + [((c, 10), c)]

    @staticmethod
    def turned(part):  # stored as [height, width, in, out]
        return part.permute(3, 2, 0, 1) if part.dim() == 4 else part

    @staticmethod
    def inputs(x):
        return x.permute(0, 3, 1, 2)

    def lay_out(self, layout):
        names = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
        self.layout, self.format = layout, names[layout]
        self.images = self.images.contiguous(memory_format=self.format)
        self.test_images = self.test_images.contiguous(memory_format=self.format)

    def layers(self, vector):
        parts = super().layers(vector)
        return [p.contiguous(memory_format=self.format) for p in parts[:4]] + parts[4:]

    def network(self, x, weights, kept=None):
        """Outputs; `kept` gets the inputs of the layers and the rectified values."""
        for layer, pool in enumerate((1, 2, 2, 8)):
            z = F.relu_(F.conv2d(x, weights[layer], padding=1))
            if kept is not None:
                kept.append((x.detach(), z.detach()))
            x = F.avg_pool2d(z, pool) if pool > 1 else z
        x = x.flatten(1)
        if kept is not None:
            kept.append((x.detach(), None))
        return x @ weights[4]

    def tangent(self, weights, changes, kept):
        """The outputs' change along a change of the weights."""
        dx = None
        for layer, pool in enumerate((1, 2, 2, 8)):
            x, z = kept[layer]
            dz = F.conv2d(x, changes[layer], padding=1)
            if dx is not None:
                dz += F.conv2d(dx, weights[layer], padding=1)
            dz *= z > 0
            dx = F.avg_pool2d(dz, pool) if pool > 1 else dz
        x, _ = kept[4]
        return x @ changes[4] + dx.flatten(1) @ weights[4]

    @staticmethod
    def products(c):
        return 1024 * 27 * c * 2 + 3 * 9 * c * c * (1024 + 256 + 64) + 3 * 10 * c


class FullyConnected(SquaredError):
    """3072 → width → width → 10 with relu between, of images as vectors [height, width, color]."""

    @staticmethod
    def layers_of(width):
        return [((3072, width), 3072), ((width, width), width), ((width, 10), width)]

    @staticmethod
    def inputs(x):
        return x.reshape(len(x), -1)

    def network(self, x, weights, kept=None):
        for weight in weights[:-1]:
            z = F.relu_(x @ weight)
            if kept is not None:
                kept.append((x.detach(), z.detach()))
            x = z
        if kept is not None:
            kept.append((x.detach(), None))
        return x @ weights[-1]

    def tangent(self, weights, changes, kept):
        dx = None
        for weight, change, (x, z) in zip(weights, changes, kept):
            dz = x @ change
            if dx is not None:
                dz += dx @ weight
            dx = dz if z is None else dz * (z > 0)
        return dx

    @staticmethod
    def products(width):
        return 2 * 3072 * width + 3 * (width * width + 10 * width)


MODELS = {"myrtle-5": Myrtle5, "fully-connected": FullyConnected}


def layer_sizes(network, width):
    return [math.prod(shape) for shape, _ in MODELS[network].layers_of(width)]
