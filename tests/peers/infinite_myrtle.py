#!/usr/bin/env python3
"""NNGP and NTK of infinitely wide Myrtle-5 in PyTorch: a second program beside the one in lib/ntk.

Pair of images by pair, with the covariance of every pixel of one with every pixel of the other, in
float64. From the formulas, ntk parametrization, W_std = √2, no biases; p, q are pixels:

    convolution   K(p, q) → 2/9 Σ_δ K(p + δ, q + δ), zero beyond the image;  Θ → the same of Θ, + K
    relu          K → √(vw) (sin θ + (π − θ) cos θ)/2π,  Θ → Θ (π − θ)/2π,  cos θ = K/√(vw)
    average pool  means over the blocks of both pixels
    dense         K → 2K,  Θ → 2Θ + K

with v, w the variances of the two pixels, K(p, p) of each image with itself (Cho and Saul 2009, Jacot
et al. 2018, Arora et al. 2019). The first convolution is a product of 3 × 3 × 3 patches.

    python3 infinite_myrtle.py --start FOLDER --output FOLDER --n 500 --seconds 240

Pairs come in the order (0,0), (1,0), (1,1), (2,0), …: a run that is cut off holds the kernel of as many
of the first images as it came to. Needs PyTorch and NumPy; Triton makes it faster where it is there.
"""

import argparse
import json
import math
import os
import platform
import signal
import sys
import time

import numpy as np
import torch

from myrtle_flow import Unusable, load_array, read_start, standardized, write_whole

PROGRAM = "tests/peers/infinite_myrtle.py, version 1"
POOLS = (1, 2, 2, 8)  # after the four convolutions with their relus
SIDES = (32, 32, 16, 8)  # of the images there
ROUNDING = 4e-16  # a cosine as near to ±1 is ±1, of pixels that are parallel
SAVE_EVERY = 30  # seconds


# ------------------------------------------------------------------ the layers, in plain PyTorch

def patches(images):
    """[n, 32, 32, 3] → [n, 1024, 27], zero beyond the image."""
    n, height, width, _ = images.shape
    padded = torch.nn.functional.pad(images, (0, 0, 1, 1, 1, 1))
    shifted = [padded[:, y:y + height, x:x + width] for y in range(3) for x in range(3)]
    return torch.cat(shifted, 3).reshape(n, height * width, -1).contiguous()


def first_convolution(a, b):
    """K of the first convolution from patches: [pairs, 32, 32, 32, 32]."""
    return (2 / 27 * torch.bmm(a, b.mT)).view(-1, 32, 32, 32, 32)


def window_sums(k):
    """Σ over windows of 3 × 3, shifted alike for both pixels: [pairs, y, x, y', x']."""
    for own, other in ((1, 3), (2, 4)):
        size = k.shape[own]
        part = lambda x, start: x.narrow(own, start, size - 1).narrow(other, start, size - 1)
        total = k.clone()
        part(total, 0).add_(part(k, 1))
        part(total, 1).add_(part(k, 0))
        k = total
    return k


def convolution(k, theta):
    k = 2 / 9 * window_sums(k)
    return k, 2 / 9 * window_sums(theta) + k


def relu(k, theta, a, b):
    """a, b: standard deviations [pairs, y, x] of the pixels of both, and one over them."""
    (deviation_a, inverse_a), (deviation_b, inverse_b) = a, b
    rows = lambda x: x[:, :, :, None, None]
    columns = lambda x: x[:, None, None, :, :]
    cosine = k * rows(inverse_a) * columns(inverse_b)
    cosine = torch.where(1 - cosine.abs() > ROUNDING, cosine, cosine.sign())
    left = math.pi - torch.acos(cosine)
    sine = torch.sqrt((1 - cosine) * (1 + cosine))
    scale = rows(deviation_a / (2 * math.pi)) * columns(deviation_b)
    return scale * (sine + left * cosine), theta * left / (2 * math.pi)


def average_pool(k, size):
    if size == 1:
        return k
    n, side = k.shape[0], k.shape[1] // size
    return k.reshape(n, side, size, side, size, side, size, side, size).mean((2, 4, 6, 8))


def dense(k, theta):
    """[pairs, 1, 1, 1, 1] to NNGP and NTK [2, pairs]."""
    return torch.stack([2 * k, 2 * theta + 2 * k]).reshape(2, -1)


def deviations(k):
    """Of the pixels of images with themselves; one over a deviation of 0 is put at 0."""
    n, side = k.shape[0], k.shape[1]
    variance = k.reshape(n, side**2, side**2).diagonal(dim1=1, dim2=2).reshape(n, side, side)
    deviation = variance.sqrt()
    return deviation, torch.where(deviation > 0, 1 / deviation, 0)


def plain_pairs(a, b, own_a=None, own_b=None):
    """NNGP and NTK [2, pairs] from the patches of both images, and the deviations before each relu.

    Without `own_a` and `own_b` the pairs are of images with themselves, and their deviations are found.
    """
    found = []
    k = theta = first_convolution(a, b)
    for layer, pool in enumerate(POOLS):
        if layer:
            k, theta = convolution(k, theta)
        if own_a is None:
            found.append(deviations(k))
        here = (found[layer],) * 2 if own_a is None else (own_a[layer], own_b[layer])
        k, theta = (average_pool(x, pool) for x in relu(k, theta, *here))
    return dense(k, theta), found


# ------------------------------------------------------------------ all pairs

class Kernels:
    """The packed kernels of the first n images: entry i(i + 1)/2 + j is that of the images i ≥ j."""

    def __init__(self, images, *, device, batch=16, triton=True):
        self.device, self.batch = torch.device(device), batch
        x = torch.as_tensor(images, device=self.device).double()
        self.n = len(x)
        self.patches = patches(x)
        self.rows, self.columns = (
            torch.as_tensor(index, device=self.device) for index in np.tril_indices(self.n)
        )
        self.total = len(self.rows)
        self.values = torch.zeros(2, self.total, dtype=torch.float64, device=self.device)
        self.done = 0
        self.find_deviations()
        self.fused = self.fused_pairs() if triton else None

    def find_deviations(self):
        """Of every image with itself: [n, y, x] before each relu, and one over them."""
        parts = [plain_pairs(x, x)[1] for x in self.patches.split(self.batch)]
        self.own = [
            tuple(torch.cat([p[layer][which] for p in parts]).contiguous() for which in (0, 1))
            for layer in range(len(POOLS))
        ]

    def plain(self, i, j):
        own = lambda index: [(d[index], inverse[index]) for d, inverse in self.own]
        return plain_pairs(self.patches[i], self.patches[j], own(i), own(j))[0]

    def fused_pairs(self):
        """The same by Triton, if it is there and gives the same."""
        try:
            from infinite_myrtle_triton import fused_pairs
            few = slice(0, min(self.total, 12))
            i, j = self.rows[few], self.columns[few]
            wanted, found = self.plain(i, j), fused_pairs(self.patches, self.own, i, j)
            off = float((found / wanted - 1).abs().max())
        except Exception as error:  # whatever its compiler lacks: plain PyTorch does it too
            print(f"without Triton: {type(error).__name__}: {str(error)[:300]}", flush=True)
            return None
        print(f"Triton against plain PyTorch: {off:.1e}", flush=True)
        return fused_pairs if off < 1e-12 else None

    def advance(self):
        """The next batch of pairs; nothing waits for the device here."""
        some = slice(self.done, min(self.total, self.done + self.batch))
        i, j = self.rows[some], self.columns[some]
        self.values[:, some] = (
            self.fused(self.patches, self.own, i, j) if self.fused else self.plain(i, j)
        )
        self.done = some.stop

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    def finished(self):
        """Of how many of the first images all pairs are there."""
        return (math.isqrt(8 * self.done + 1) - 1) // 2


# ------------------------------------------------------------------ files

def save(folder, kernels, provenance):
    """nngp.npy and ntk.npy, packed and as far as they are; infinite.json tells how far and whence."""
    values = kernels.values[:, :kernels.done].cpu().numpy()
    for name, packed in zip(("nngp", "ntk"), values):
        write_whole(os.path.join(folder, f"{name}.npy"), lambda file: np.save(file, packed))
    text = json.dumps({"images": kernels.finished(), "pairs": kernels.done, **provenance}, indent=2)
    write_whole(
        os.path.join(folder, "infinite.json"), lambda file: file.write((text + "\n").encode()),
    )


def restore(folder, kernels, provenance):
    """Goes on from what an earlier call left, if that was from the same images; seconds so far."""
    path = os.path.join(folder, "infinite.json")
    if not os.path.exists(path):
        return 0.0
    with open(path, encoding="utf-8") as file:
        earlier = json.load(file)
    if earlier["imagesSha256"] != provenance["imagesSha256"]:
        raise Unusable(f"{path} is of other images than --start's; name another folder")
    # The JSON is written last: the arrays may be further than it says.
    done = min(earlier["pairs"], kernels.total)
    for row, name in enumerate(("nngp", "ntk")):
        packed = np.load(os.path.join(folder, f"{name}.npy"))
        kernels.values[row, :done] = torch.as_tensor(packed[:done], device=kernels.device)
    kernels.done = done
    return earlier["seconds"]


def first_images(start, n):
    """Standardized images, and what start.json says of them."""
    description = read_start(start)
    pixels = load_array(start, description, "images.npy")
    if n > len(pixels):
        raise Unusable(f"--n is {n}; {start} has {len(pixels)} images (export_start.ts --n)")
    return standardized(pixels[:n], description), description


def device_name(device):
    return torch.cuda.get_device_name() if device == "cuda" else f"{platform.machine()} processor"


def run(options):
    images, description = first_images(options.start, options.n)
    began = time.time()
    kernels = Kernels(
        images, device=options.device, batch=options.batch, triton=not options.plain,
    )
    kernels.wait()
    provenance = {
        "program": PROGRAM,
        "torch": torch.__version__,
        "device": device_name(options.device),
        "triton": kernels.fused is not None,
        "imagesSha256": description["sha256"]["images.npy"],
        "seconds": 0.0,
    }
    os.makedirs(options.output, exist_ok=True)
    before = restore(options.earlier or options.output, kernels, provenance)
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    saved, from_pair, from_time = time.time(), kernels.done, time.time()
    print(f"{kernels.n} images, {kernels.total} pairs, {kernels.done} of them there", flush=True)
    while kernels.done < kernels.total and not stop:
        for _ in range(16 if options.device == "cuda" else 1):
            if kernels.done < kernels.total:
                kernels.advance()
        kernels.wait()
        now = time.time()
        stop += [True] if now - began > options.seconds else []
        if now - saved > SAVE_EVERY or stop or kernels.done == kernels.total:
            provenance["seconds"] = round(before + now - began, 1)
            save(options.output, kernels, provenance)
            saved = now
            each = (now - from_time) / (kernels.done - from_pair)
            print(f"{now - began:.0f} s: {kernels.done} pairs, the kernel of {kernels.finished()} "
                  f"images; {1000 * each:.3f} ms a pair", flush=True)
    if options.device == "cuda":
        print(f"at most {torch.cuda.max_memory_allocated() / 1e9:.1f} GB of the device", flush=True)
    if kernels.done == from_pair:
        save(options.output, kernels, {**provenance, "seconds": before})
    return 0 if kernels.done == kernels.total else 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--start", required=True, help="the folder that export_start.ts wrote")
    parser.add_argument("--output", required=True, help="gets nngp.npy, ntk.npy and infinite.json")
    parser.add_argument("--from", dest="earlier", help="a folder to go on from (that of --output)")
    parser.add_argument("--n", type=int, default=500, help="images, the first of the dataset (500)")
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop and save after so long")
    parser.add_argument("--batch", type=int, default=32, help="pairs at a time, 40 MB each (32)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--plain", action="store_true", help="without Triton")
    options = parser.parse_args()
    try:
        for name, least in (("n", 1), ("batch", 1), ("seconds", 1)):
            if not getattr(options, name) >= least:
                raise Unusable(f"--{name} is {getattr(options, name)}; it must be {least} or more")
        return run(options)
    except Unusable as error:
        print(f"infinite_myrtle.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
