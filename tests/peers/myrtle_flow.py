#!/usr/bin/env python3
"""Gradient flow of Myrtle-5 on CIFAR-10 in PyTorch: a second program beside the one in lib/.

It integrates θ' = −∇L, L = ½ Σ ‖f(x) − y‖² (a sum over images and outputs), by a stabilized
Runge–Kutta–Chebyshev method of second order with error control, in float32 with displacement and
sums in float64, and records loss, displacement and path length: `deno task measure FILE` reads them.

Written on its own from the formulas: Sommeijer, Shampine, Verwer, "RKC: an explicit solver for
parabolic PDEs" (1998). Nothing is shared with lib/ but the start, which export_start.ts writes.

    python3 myrtle_flow.py --start FOLDER --output FOLDER --channels 128 --n 500 --seed 0
    python3 myrtle_flow.py --start FOLDER --output FOLDER --runs 16:100:3,16:100:3:1e-6,128:500:0

Needs PyTorch and NumPy.
"""

import argparse
import hashlib
import json
import math
import os
import platform
import signal
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

PROGRAM = "tests/peers/myrtle_flow.py, version 1"
COLUMNS = (
    "time", "loss", "lossDrop", "displacementSquared", "pathLength",
    "testLoss", "testAccuracy", "lambdaMax", "gradients",
)
FIRST_TIME, ENTRIES_A_DECADE = 1e-4, 25


class Unusable(Exception):
    """What the user gave will not do; the message says what and why."""


# ------------------------------------------------------------------ Runge–Kutta–Chebyshev, order 2

def stages(z):
    """Stages for a spectral radius times step of z."""
    return max(2, 1 + int(math.sqrt(1 + 1.54 * z)))


def chebyshev(s):
    """Coefficients of s stages: w1 b1 first, then (μ, ν, μ̃, γ̃) for j = 2 … s."""
    w0 = 1 + (2 / 13) / s**2
    t, d1, d2 = [1.0, w0], [0.0, 1.0], [0.0, 0.0]
    for j in range(2, s + 1):
        t.append(2 * w0 * t[-1] - t[-2])
        d1.append(2 * t[j - 1] + 2 * w0 * d1[j - 1] - d1[j - 2])
        d2.append(4 * d1[j - 1] + 2 * w0 * d2[j - 1] - d2[j - 2])
    w1 = d1[s] / d2[s]
    b = [0.0, 1 / w0] + [d2[j] / d1[j] ** 2 for j in range(2, s + 1)]
    b[0] = b[2]
    a = [1 - b[j] * t[j] for j in range(s + 1)]
    rows = []
    for j in range(2, s + 1):
        mu_tilde = 2 * b[j] * w1 / b[j - 1]
        rows.append((2 * b[j] * w0 / b[j - 1], -b[j] / b[j - 2], mu_tilde, -a[j - 1] * mu_tilde))
    return b[1] * w1, rows


def chebyshev_step(velocity, start, f0, h, s):
    """The increment δ of a step of s stages from `start`, where the velocity is f0; s − 1 of them."""
    first, rows = chebyshev(s)
    before, delta = torch.zeros_like(f0), first * h * f0
    for mu, nu, mu_tilde, gamma_tilde in rows:
        f, _ = velocity(start + delta)
        new = mu * delta + nu * before + (mu_tilde * h) * f + (gamma_tilde * h) * f0
        before, delta = delta, new
    return delta


GAUSS_X, GAUSS_W = np.polynomial.legendre.leggauss(8)


def arc_length(gram, until=1.0):
    """Length from 0 to `until` of the cubic with p(0) = 0, p(1) = δ, p'(0) = hF0, p'(1) = hF1.

    gram: the products of (hF0, δ, hF1) among one another.
    """
    x = 0.5 * until * (GAUSS_X + 1)
    c = np.stack([3 * x**2 - 4 * x + 1, 6 * x - 6 * x**2, 3 * x**2 - 2 * x])
    speed = np.sqrt(np.maximum(0, np.einsum("ik,ij,jk->k", c, gram, c)))
    return 0.5 * until * float(GAUSS_W @ speed)


def cubic(delta, hf0, hf1, x):
    """The same cubic's value at x."""
    return (x**3 - 2 * x**2 + x) * hf0 + (3 * x**2 - 2 * x**3) * delta + (x**3 - x**2) * hf1


# ------------------------------------------------------------------ largest eigenvalue

def largest_eigenvalue(product, start, count):
    """Largest Ritz value of a symmetric product after `count` Lanczos steps, and its vector."""
    basis = [start / start.norm()]
    alphas, betas = [], []
    for _ in range(count):
        w = product(basis[-1])
        alphas.append(torch.dot(w, basis[-1]))
        q = torch.stack(basis)
        for _ in range(2):
            w = w - q.T @ (q @ w)
        betas.append(w.norm())
        basis.append(w / betas[-1])
    t = torch.stack(alphas + betas).cpu().numpy()  # the one wait for the device
    matrix = np.diag(t[:count]) + np.diag(t[count:-1], 1) + np.diag(t[count:-1], -1)
    if not np.all(np.isfinite(matrix)):
        return math.nan, start
    values, vectors = np.linalg.eigh(matrix)
    top = torch.as_tensor(vectors[:, -1], device=start.device, dtype=start.dtype)
    return float(values[-1]), torch.stack(basis[:-1]).T @ top


# ------------------------------------------------------------------ the network

class Myrtle5:
    """Squared error of Myrtle-5, ntk parametrization without biases, at θ_0 + D.

    D is a float64 vector, layer after layer, convolutions [out, in, height, width] and the dense
    layer [in, out]. The order of the parameters does not touch norms.
    """

    def __init__(self, start, images, targets, test_images, test_labels, channels, *,
                 device, chunk=500, layout="contiguous", dtype=torch.float32):
        self.device, self.chunk, self.dtype = device, chunk, dtype
        c = channels
        self.shapes = [(c, 3, 3, 3), (c, c, 3, 3), (c, c, 3, 3), (c, c, 3, 3), (c, 10)]
        self.sizes = [math.prod(shape) for shape in self.shapes]
        fan_in = [27, 9 * c, 9 * c, 9 * c, c]
        parts, at = [], 0
        for size, (o, i, *window) in zip(self.sizes, self.shapes):
            part = torch.as_tensor(np.asarray(start[at:at + size]), dtype=torch.float64)
            at += size
            if window:  # stored as [height, width, in, out]
                part = part.reshape(3, 3, i, o).permute(3, 2, 0, 1).reshape(-1)
            parts.append(part)
        self.start = torch.cat(parts).to(device)
        self.multiplier = torch.cat([
            torch.full((size,), math.sqrt(2 / fan), dtype=torch.float64)
            for size, fan in zip(self.sizes, fan_in)
        ]).to(device)
        as_images = lambda x: torch.as_tensor(x).permute(0, 3, 1, 2).contiguous().to(device, dtype)
        self.images, self.test_images = as_images(images), as_images(test_images)
        self.targets = torch.as_tensor(targets).to(device, dtype)
        self.test_labels = torch.as_tensor(test_labels).long().to(device)
        self.test_targets = F.one_hot(self.test_labels, 10).to(dtype) - 0.1
        self.format = torch.contiguous_format
        self.lay_out(layout)

    def lay_out(self, layout):
        names = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
        self.layout, self.format = layout, names[layout]
        self.images = self.images.contiguous(memory_format=self.format)
        self.test_images = self.test_images.contiguous(memory_format=self.format)

    def layers(self, vector):
        """A vector's parts, multiplied, as the layers take them."""
        flat = (vector * self.multiplier).to(self.dtype)
        parts = [p.view(shape) for p, shape in zip(flat.split(self.sizes), self.shapes)]
        return [p.contiguous(memory_format=self.format) for p in parts[:4]] + list(parts[4:])

    def weights(self, displacement, grad):
        return [w.detach().requires_grad_(grad) for w in self.layers(self.start + displacement)]

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

    def flat(self, gradients):
        """Derivatives by the multiplied weights as a float64 vector of those by θ."""
        return torch.cat([g.contiguous().reshape(-1) for g in gradients]).double() * self.multiplier

    def velocity(self, displacement):
        """−∇L [parameters] in float64, and the residuals f − y [n, 10]."""
        weights = self.weights(displacement, True)
        total, residuals = None, []
        for x, y in zip(self.images.split(self.chunk), self.targets.split(self.chunk)):
            f = self.network(x, weights)
            residual = f.detach() - y
            part = self.flat(torch.autograd.grad(f, weights, residual))
            total = part if total is None else total + part
            residuals.append(residual)
        return -total, torch.cat(residuals)

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


# ------------------------------------------------------------------ the flow

def record_times(horizon):
    """1e-4 and on, 25 a decade, and the horizon."""
    times, k = [], 0
    while (t := FIRST_TIME * 10 ** (k / ENTRIES_A_DECADE)) < horizon * (1 - 1e-9):
        times.append(t)
        k += 1
    return times + [horizon]


class Flow:
    """θ' = −∇L from D = 0 to the horizon; the state is what a checkpoint holds."""

    EIGENVALUE_GRADIENTS = 4 / 3  # a product J Jᵀ v: one derivative back and one forward

    def __init__(self, model, *, horizon, tolerance, seed=0, times=None):
        self.model, self.horizon, self.tolerance, self.seed = model, horizon, tolerance, seed
        self.times = record_times(horizon) if times is None else list(times)
        self.rows = []
        self.time, self.path, self.step_size = 0.0, 0.0, 0.0
        self.steps = self.rejected = self.eigenvalues = 0
        self.gradients, self.since_eigenvalue, self.interval = 0.0, 0, 5
        self.lambda_max, self.rho, self.ritz = math.nan, math.nan, None
        self.displacement = torch.zeros_like(model.start)
        self.f, self.first_residual = model.velocity(self.displacement)
        self.gradients += 1
        self.first_loss = 0.5 * float(self.first_residual.double().square().sum())

    @property
    def done(self):
        return self.time >= self.horizon

    def estimate_eigenvalue(self):
        """λ_max of J Jᵀ; from its last eigenvector, with something of every other one."""
        generator = torch.Generator().manual_seed(1000003 * self.seed + self.eigenvalues)
        noise = torch.randn(self.first_residual.numel(), generator=generator, dtype=torch.float64)
        start = (noise / noise.norm()).to(self.model.device)
        count = 12
        if self.ritz is not None:
            start, count = self.ritz / self.ritz.norm() + 0.2 * start, 6
        product = self.model.kernel_product(self.displacement)
        value, self.ritz = largest_eigenvalue(product, start, count)
        self.gradients += 1 / 3 + count * self.EIGENVALUE_GRADIENTS
        self.eigenvalues += 1
        if not (0 < value < math.inf):
            raise Unusable(f"the largest eigenvalue at time {self.time} is {value}: no flow there")
        # Where it changes slowly, every tenth step is enough.
        self.interval = 10 if abs(value / self.lambda_max - 1) < 0.03 else 5
        self.lambda_max, self.rho, self.since_eigenvalue = value, 1.15 * value, 0

    def record_start(self):
        test_loss, correct = (float(x) for x in self.model.test(self.displacement))
        share = correct / len(self.model.test_labels)
        self.rows.append([
            0.0, self.first_loss, 0.0, 0.0, 0.0, test_loss, share, self.lambda_max, self.gradients,
        ])

    def step(self):
        """One attempt: moves on, and records the times passed, if the error is small enough."""
        if self.eigenvalues == 0:
            self.estimate_eigenvalue()
            self.step_size = 0.3 / self.lambda_max
            self.record_start()
        elif self.since_eigenvalue >= self.interval:
            self.estimate_eigenvalue()
        h = self.step_size
        left = self.horizon - self.time
        if h >= left * (1 - 1e-9):
            h = left
        elif h > left / 2:
            h = left / 2
        s = stages(h * self.rho)
        delta = chebyshev_step(self.model.velocity, self.displacement, self.f, h, s)
        end = self.displacement + delta
        f1, _ = self.model.velocity(end)
        self.gradients += s
        hf0, hf1 = h * self.f, h * f1
        estimate = -0.8 * delta + 0.4 * (hf0 + hf1)
        arms = torch.stack([hf0, delta, hf1])
        numbers = torch.cat([
            torch.stack([estimate.square().sum(), end.square().sum()]), (arms @ arms.T).reshape(-1),
        ]).cpu().numpy()  # the one wait for the device in a step
        if not np.all(np.isfinite(numbers)):
            self.reject(h, math.inf)
            return
        gram = numbers[2:].reshape(3, 3)
        error = math.sqrt(numbers[0]) / (self.tolerance * math.sqrt(max(numbers[1], gram[1, 1])))
        if error > 1:
            self.reject(h, error)
            return
        finish = self.horizon if h == left else self.time + h
        self.record(finish, h, delta, hf0, hf1, gram)
        self.path += arc_length(gram)
        self.displacement, self.f, self.time = end, f1, finish
        grown = h * min(4.0, max(0.15, 0.8 * max(error, 1e-9) ** (-1 / 3)))
        # A step cut short by the horizon says nothing of the next one.
        self.step_size = max(grown, self.step_size) if h < self.step_size else grown
        self.steps += 1
        self.since_eigenvalue += 1

    def reject(self, h, error):
        self.rejected += 1
        if self.rejected > 200 + self.steps:
            raise Unusable(f"{self.rejected} of the steps up to time {self.time} were rejected")
        self.step_size = h * min(0.9, max(0.15, 0.8 * error ** (-1 / 3)))
        if error > 30:  # not a matter of accuracy: the spectrum reaches further than was thought
            rho = 1.3 * self.rho
            self.estimate_eigenvalue()
            self.rho = max(rho, self.rho)

    def record(self, finish, h, delta, hf0, hf1, gram):
        """A row for every recorded time up to `finish`, along the step's cubic."""
        n = len(self.rows) - 1
        while n < len(self.times) and self.times[n] <= finish:
            t = self.times[n]
            x = min(1.0, (t - self.time) / h)
            place = self.displacement + cubic(delta, hf0, hf1, x)
            r0, r = self.first_residual.double(), self.model.residuals(place).double()
            drop = 0.5 * ((r0 - r) * (r0 + r)).sum()
            loss = 0.5 * r.square().sum()
            test_loss, correct = self.model.test(place)
            values = torch.stack([loss, drop, place.square().sum(), test_loss, correct]).tolist()
            loss, drop, square, test_loss, correct = values
            share = correct / len(self.model.test_labels)
            self.rows.append([
                t, loss, drop, square, self.path + arc_length(gram, x),
                test_loss, share, self.lambda_max, self.gradients,
            ])
            n += 1

    SCALARS = (
        "time", "path", "step_size", "steps", "rejected", "eigenvalues", "gradients",
        "since_eigenvalue", "interval", "lambda_max", "rho", "first_loss",
    )

    def state(self):
        ritz = torch.zeros(0) if self.ritz is None else self.ritz
        return {
            "scalars": np.array([float(getattr(self, name)) for name in self.SCALARS]),
            "rows": np.array(self.rows, dtype=np.float64).reshape(-1, len(COLUMNS)),
            "displacement": self.displacement.cpu().numpy(),
            "velocity": self.f.cpu().numpy(),
            "first_residual": self.first_residual.cpu().numpy(),
            "ritz": ritz.cpu().numpy(),
        }

    def restore(self, state):
        for name, value in zip(self.SCALARS, state["scalars"]):
            whole = isinstance(getattr(self, name), int)
            setattr(self, name, int(value) if whole else float(value))
        self.rows = state["rows"].tolist()
        load = lambda name: torch.as_tensor(state[name]).to(self.model.device)
        self.displacement, self.f = load("displacement"), load("velocity")
        self.first_residual = load("first_residual")
        self.ritz = load("ritz") if len(state["ritz"]) else None


# ------------------------------------------------------------------ files

def write_whole(path, write):
    """Writes a file under another name, then renames it: what stands there is always whole."""
    partial = f"{path}.partial"
    with open(partial, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def read_start(folder):
    try:
        with open(os.path.join(folder, "start.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Unusable(f"--start {folder}: start.json cannot be read ({error}); "
                       "export_start.ts writes such a folder") from error


def load_array(folder, description, name):
    path = os.path.join(folder, name)
    wanted = description["sha256"].get(name)
    if wanted is None:
        raise Unusable(f"--start {folder} has no {name}; export it (export_start.ts)")
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error})") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise Unusable(f"{path} is not the file that start.json describes; export it again")
    return np.load(path)


def standardized(pixels, description):
    """Bytes [n, 32, 32, 3] to float32 as start.json says."""
    means = np.array(description["normalization"]["means"])
    deviations = np.array(description["normalization"]["deviations"])
    return ((pixels / 255 - means) / deviations).astype(np.float32)


class Start:
    """The folder that export_start.ts writes."""

    def __init__(self, folder, test_images=None):
        self.folder, self.description = folder, read_start(folder)
        load = lambda name: load_array(folder, self.description, name)
        self.images = standardized(load("images.npy"), self.description)
        self.targets = load("targets.npy")
        self.test_images = standardized(load("test-images.npy"), self.description)
        self.test_labels = load("test-labels.npy")
        if test_images is not None:
            self.test_images = self.test_images[:test_images]
            self.test_labels = self.test_labels[:test_images]

    def check(self, run):
        if run.n > len(self.images):
            raise Unusable(f"n is {run.n}; {self.folder} has {len(self.images)} images")
        name = f"weights-{run.channels}-{run.seed}.npy"
        if name not in self.description["sha256"]:
            raise Unusable(f"{self.folder} has no {name} (channels {run.channels}, seed "
                           f"{run.seed}); export it with export_start.ts")
        return name

    def weights(self, run):
        weights = load_array(self.folder, self.description, self.check(run))
        if run.perturb:
            noise = np.random.default_rng(run.seed).standard_normal(len(weights))
            return weights.astype(np.float64) * (1 + run.perturb * noise)
        return weights.astype(np.float64)

    def model(self, run, device, chunk, layout):
        n = run.n
        return Myrtle5(
            self.weights(run), self.images[:n], self.targets[:n], self.test_images,
            self.test_labels, run.channels, device=device, chunk=chunk, layout=layout,
        )


class Run:
    """One recording: a width, a number of images, a seed; perturbed weights; its tolerance."""

    def __init__(self, channels, n, seed, perturb=0.0, tolerance=None):
        self.channels, self.n, self.seed, self.perturb = channels, n, seed, perturb
        self.tolerance = tolerance

    @property
    def name(self):
        twin = "-twin" if self.perturb else ""
        return f"myrtle5-{self.channels}-n{self.n}-seed{self.seed}{twin}"

    @staticmethod
    def parse(text):
        parts = text.split(":")
        try:
            if not 3 <= len(parts) <= 5:
                raise ValueError("three to five numbers")
            return checked(Run(*(int(part) for part in parts[:3]), *(float(p) for p in parts[3:])))
        except ValueError as error:
            raise Unusable(f"--runs has {text!r}; a run is channels:n:seed, with :perturbation or "
                           f":perturbation:tolerance behind ({error})") from error


def checked(run):
    if run.channels < 1:
        raise Unusable(f"channels is {run.channels}; it must be an integer from 1")
    if run.n < 1:
        raise Unusable(f"n is {run.n}; it must be an integer from 1")
    if run.seed < 0:
        raise Unusable(f"seed is {run.seed}; it must be an integer from 0")
    if not 0 <= run.perturb < 1:
        raise Unusable(f"perturb is {run.perturb}; it must be from 0 to below 1")
    if run.tolerance is not None and not 0 < run.tolerance < 1:
        raise Unusable(f"the tolerance of a run is {run.tolerance}; it must be between 0 and 1")
    return run


# ------------------------------------------------------------------ speed

def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def seconds_a_gradient(model, repeats):
    zero = torch.zeros_like(model.start)
    model.velocity(zero)
    synchronize(model.device)
    begin = time.perf_counter()
    for _ in range(repeats):
        model.velocity(zero)
    synchronize(model.device)
    return (time.perf_counter() - begin) / repeats


def gradient_error(start, run, device, chunk, layout, images=20):
    """Relative error of the float32 gradient over a few images against one in float64."""
    part = Run(run.channels, min(run.n, images), run.seed)
    single = start.model(part, device, chunk, layout)
    n = part.n
    double = Myrtle5(
        start.weights(part), start.images[:n], start.targets[:n], start.test_images[:1],
        start.test_labels[:1], run.channels, device=torch.device("cpu"), chunk=chunk,
        dtype=torch.float64,
    )
    f32, _ = single.velocity(torch.zeros_like(single.start))
    f64, _ = double.velocity(torch.zeros_like(double.start))
    return float((f32.cpu() - f64).norm() / f64.norm())


def tera_operations(channels, n):
    """10¹² multiplications and additions in a gradient."""
    c = channels
    products = n * (1024 * 27 * c * 2 + 3 * 9 * c * c * (1024 + 256 + 64) + 3 * 10 * c)
    return 2e-12 * products


class Layouts:
    """The faster memory layout for a number of channels and images, measured once."""

    def __init__(self, choice):
        self.choice, self.known, self.errors = choice, {}, {}

    def error_of(self, start, run, device, chunk, layout):
        key = (run.channels, layout)
        if key not in self.errors:
            self.errors[key] = gradient_error(start, run, device, chunk, layout)
            print(f"  float32 gradient at {run.channels} channels: {self.errors[key]:.1e} off one "
                  "in float64", flush=True)
        return self.errors[key]

    def of(self, start, run, device, chunk):
        if self.choice != "auto":
            return self.choice
        key = (run.channels, min(run.n, chunk))
        if key not in self.known:
            if device.type != "cuda":
                self.known[key] = "contiguous"
            else:
                part = Run(run.channels, min(run.n, chunk), run.seed)
                timed = {}
                for layout in ("contiguous", "channels_last"):
                    model = start.model(part, device, chunk, layout)
                    timed[layout] = seconds_a_gradient(model, 5)
                    del model
                self.known[key] = min(timed, key=timed.get)
                print("  " + ", ".join(f"{name}: {1e3 * t:.2f} ms a gradient"
                                       for name, t in timed.items()), flush=True)
        return self.known[key]


# ------------------------------------------------------------------ one run

class Clock:
    """Ends the work at SIGTERM or SIGINT, or when the seconds are over."""

    def __init__(self, seconds):
        self.begin, self.seconds, self.signal = time.monotonic(), seconds, None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def stop(self, number, _frame):
        self.signal = number

    def left(self):
        return math.inf if self.seconds is None else self.begin + self.seconds - time.monotonic()

    def over(self, needed=0.0):
        return self.signal is not None or self.left() <= needed


def spent(seconds):
    if not seconds < 360000:
        return "days"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {rest} s"


def identity(start, run, options, weights_name):
    """What must be the same for a checkpoint to go on from."""
    hashes = start.description["sha256"]
    names = ("images.npy", "targets.npy", "test-images.npy", "test-labels.npy", weights_name)
    return {
        "program": PROGRAM, "channels": run.channels, "n": run.n, "seed": run.seed,
        "perturb": run.perturb, "horizon": options.horizon,
        "tolerance": run.tolerance or options.tolerance,
        "testImages": len(start.test_labels),
        "sha256": {name: hashes[name] for name in names},
    }


def device_name(device):
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


def integrate(start, run, options, layouts, clock, device):
    """One run, from its checkpoint if there is one; True if it reached the horizon."""
    name = os.path.join(options.output, run.name)
    same = identity(start, run, options, start.check(run))
    if os.path.exists(f"{name}.json"):
        with open(f"{name}.json", encoding="utf-8") as file:
            stored = json.load(file)
        if all(stored.get(key) == value for key, value in same.items()):
            print(f"{run.name}: is there", flush=True)
            return True
        raise Unusable(f"{name}.csv is a recording of another configuration; take another folder")
    began = time.monotonic()
    layout = layouts.of(start, run, device, options.chunk)
    precision = layouts.error_of(start, run, device, options.chunk, layout)
    model = start.model(run, device, options.chunk, layout)
    flow = Flow(model, horizon=options.horizon, tolerance=same["tolerance"], seed=run.seed)
    earlier, checkpoint = 0.0, f"{name}.checkpoint.npz"
    resumed = 0
    if os.path.exists(checkpoint):
        with np.load(checkpoint) as state:
            if json.loads(str(state["identity"])) != same:
                raise Unusable(f"{checkpoint} is of another configuration; take another folder")
            flow.restore(state)
            earlier, resumed = float(state["seconds"]), int(state["resumed"]) + 1
        print(f"{run.name}: goes on at time {flow.time:.4g}", flush=True)

    def save():
        if flow.eigenvalues == 0:
            return
        state = flow.state()
        seconds = earlier + time.monotonic() - began
        write_whole(checkpoint, lambda file: np.savez(
            file, identity=json.dumps(same), seconds=seconds, resumed=resumed, **state))

    saved = shown = time.monotonic()
    a_step = 0.0
    start_gradients, start_clock = flow.gradients, time.monotonic()
    while not flow.done:
        if clock.over(2 * a_step):
            save()
            print(f"{run.name}: stopped at time {flow.time:.4g} of {options.horizon:g}", flush=True)
            return False
        before = time.monotonic()
        flow.step()
        now = time.monotonic()
        a_step = now - before
        if now - saved > options.save_every:
            save()
            saved = time.monotonic()
        if now - shown > options.show_every:
            shown = now
            rate = (now - start_clock) / max(1e-9, flow.gradients - start_gradients)
            per_step = 1.3 * stages(flow.step_size * flow.rho)
            left = per_step * (options.horizon - flow.time) / flow.step_size * rate
            print(f"{run.name}: time {flow.time:.4g} of {options.horizon:g}, loss "
                  f"{flow.rows[-1][1]:.4g}, λ {flow.lambda_max:.4g}, {flow.steps} steps, "
                  f"{flow.gradients:.0f} gradients, {1e3 * rate:.1f} ms each, "
                  f"at most about {spent(left)} left", flush=True)
    wall = earlier + time.monotonic() - began
    lines = [",".join(COLUMNS)] + [",".join(repr(float(x)) for x in row) for row in flow.rows]
    write_whole(f"{name}.csv", lambda file: file.write(("\n".join(lines) + "\n").encode()))
    provenance = {
        **same,
        "equation": "θ' = −∇L, L = ½ Σ ‖f − y‖², a sum over images and outputs; testLoss likewise",
        "network": "Myrtle-5, ntk parametrization, W_std √2, no biases",
        "method": "RKC2, float32 network, float64 displacement and sums",
        "device": device_name(device), "torch": torch.__version__, "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version() if device.type == "cuda" else None,
        "python": platform.python_version(), "numpy": np.__version__,
        "tf32": False, "layout": layout, "chunk": options.chunk,
        "gradientErrorAgainstFloat64": precision,
        "wallSeconds": round(wall, 2), "resumed": resumed,
        "gradients": round(flow.gradients, 1), "steps": flow.steps, "rejected": flow.rejected,
        "eigenvalueEstimates": flow.eigenvalues,
        "teraOperationsAGradient": round(tera_operations(run.channels, run.n), 5),
    }
    text = json.dumps(provenance, indent=2, ensure_ascii=False) + "\n"
    write_whole(f"{name}.json", lambda file: file.write(text.encode()))
    if os.path.exists(checkpoint):
        os.remove(checkpoint)
    peak = max(row[0] * row[2] / row[3] for row in flow.rows[1:])  # T ΔL/‖D‖²
    speed = tera_operations(run.channels, run.n) * flow.gradients / wall
    print(f"{run.name}: done in {spent(wall)}, {flow.gradients:.0f} gradients, {flow.steps} steps, "
          f"{flow.rejected} rejected, {speed:.3g} TFLOP/s with all else, highest T/T_SL {peak:.4g}",
          flush=True)
    return True


# ------------------------------------------------------------------ the command

def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--start", required=True, help="the folder that export_start.ts wrote")
    parser.add_argument("--output", required=True, help="where recordings and checkpoints go")
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--n", type=int, default=500, help="training images, the first of the start's")
    parser.add_argument("--seed", type=int, default=0, help="which initial weights")
    parser.add_argument("--perturb", type=float, default=0.0,
                        help="relative perturbation of the initial weights, for a twin: 1e-6")
    parser.add_argument("--runs", help="several instead, with commas between: "
                        "channels:n:seed[:perturb[:tolerance]]")
    parser.add_argument("--horizon", type=float, default=5.0, help="last time (5)")
    parser.add_argument("--tolerance", type=float, default=0.01,
                        help="error of a step relative to the displacement (0.01)")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--chunk", type=int, default=500, help="images at once (500)")
    parser.add_argument("--test-images", type=int, help="the first so many; all that there are")
    parser.add_argument("--layout", choices=("auto", "contiguous", "channels_last"), default="auto")
    parser.add_argument("--seconds", type=float, help="saves and ends after so long, status 0")
    parser.add_argument("--threads", type=int, help="threads on the processor")
    parser.add_argument("--save-every", type=float, default=20.0, help="seconds (20)")
    parser.add_argument("--show-every", type=float, default=10.0, help="seconds (10)")
    options = parser.parse_args(arguments)
    positive = ("test_images", "horizon", "tolerance", "chunk", "seconds", "threads", "save_every",
                "show_every")
    for name in positive:
        value = getattr(options, name)
        if value is not None and not 0 < value < math.inf:
            raise Unusable(f"--{name.replace('_', '-')} is {value}; it must be a positive number")
    if options.tolerance >= 1:
        raise Unusable(f"--tolerance is {options.tolerance}; it must be below 1")
    if options.horizon <= FIRST_TIME:
        raise Unusable(f"--horizon is {options.horizon}; it must be above {FIRST_TIME}")
    return options


def main(arguments=None):
    try:
        options = parse(arguments)
        clock = Clock(options.seconds)
        if options.device == "cuda" and not torch.cuda.is_available():
            raise Unusable("--device cuda: there is no graphics processor here; --device cpu is slow")
        device = torch.device(options.device)
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = True
        if options.threads:
            torch.set_num_threads(options.threads)
        runs = [checked(Run(options.channels, options.n, options.seed, options.perturb))]
        if options.runs is not None:
            runs = [Run.parse(text) for text in options.runs.split(",") if text]
        os.makedirs(options.output, exist_ok=True)
        start = Start(options.start, options.test_images)
        for run in runs:
            start.check(run)
        print(f"{device_name(device)}, PyTorch {torch.__version__}, TF32 off", flush=True)
        layouts = Layouts(options.layout)
        done = 0
        for run in runs:
            if clock.over() or not integrate(start, run, options, layouts, clock, device):
                break
            done += 1
        left = [run.name for run in runs[done:]]
        print(f"{done} of {len(runs)} recordings are there"
              + (f"; left: {', '.join(left)}" if left else ""), flush=True)
        return 128 + clock.signal if clock.signal is not None and left else 0
    except Unusable as error:
        print(f"myrtle_flow.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
