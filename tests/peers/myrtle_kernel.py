#!/usr/bin/env python3
"""Myrtle-5's tangent kernel along its gradient flow, in PyTorch: Figure 1f by a second program.

For each seed, at θ_0 and at each of `--times` of the flow that myrtle_flow.py integrates: the kernel
Θ = J Jᵀ of all outputs [n · 10, n · 10], J of every output of every image by automatic
differentiation, of which are written

    averaged     its mean over outputs, ⅒ Σ_o Θ[oo] [n, n], upper triangles, float32
    residue      f − y [n, 10]
    largest      its largest eigenvalues, and the squares of the residue on their eigenvectors
    squares      what the mean over outputs misses: ‖blocks between outputs‖²/‖Θ‖²,
                 ‖Θ − averaged ⊗ 1‖²/‖Θ‖², and Θ's own drift ‖Θ_t − Θ_0‖²/‖Θ_0‖²

    python3 myrtle_kernel.py --start FOLDER --output FILE.npz --channels 128 --n 500 --seeds 6 \\
        --times 0.024,0.2

J has n · 10 · parameters float32 numbers: 9 GB for 128 channels and n = 500.
"""

import argparse
import json
import os
import platform
import time

import numpy as np
import torch

import myrtle_flow
from myrtle_flow import Flow, Run, Start, Unusable, checked, device_name, write_whole

PROGRAM = "tests/peers/myrtle_kernel.py, version 1"


def jacobian(model, displacement, part=25):
    """∂f[i, o]/∂θ as [outputs, images, parameters], float32."""
    weights = [w.detach() for w in model.weights(displacement, False)]
    count = len(model.images)

    def output(weights, x, o):
        return model.network_of(x[None], weights)[0, o]

    of_images = torch.func.vmap(torch.func.grad(output), in_dims=(None, 0, None))
    multiplier = model.multiplier.to(model.dtype)
    rows = torch.empty((10, count, len(model.start)), dtype=model.dtype, device=model.device)
    for o in range(10):
        for at in range(0, count, part):
            gradients = of_images(weights, model.images[at:at + part], o)
            flat = torch.cat([g.reshape(len(g), -1) for g in gradients], dim=1)
            rows[o, at:at + part] = flat * multiplier
    return rows


def network_of(model):
    """The network without steps in place, which vmap cannot take."""
    import torch.nn.functional as F

    def network(x, weights):
        for layer, pool in enumerate((1, 2, 2, 8)):
            x = F.relu(F.conv2d(x, weights[layer], padding=1))
            x = F.avg_pool2d(x, pool) if pool > 1 else x
        return x.flatten(1) @ weights[4]

    return network


def kernel_of(rows):
    """Θ [outputs · images, outputs · images] in float64, from products in float32."""
    flat = rows.reshape(-1, rows.shape[-1])
    total = torch.zeros((len(flat), len(flat)), dtype=torch.float64, device=flat.device)
    width = 1 << 16
    for at in range(0, flat.shape[1], width):
        part = flat[:, at:at + width]
        total += (part @ part.T).double()
    return (total + total.T) / 2


def told(kernel, residue, first, count):
    """What is written of one kernel; `first` is that of θ_0."""
    n = len(residue)
    blocks = kernel.view(10, n, 10, n)
    own = torch.stack([blocks[o, :, o, :] for o in range(10)])
    averaged = own.mean(0)
    square = kernel.square().sum()
    between = square - own.square().sum()
    missed = between + (own - averaged).square().sum()
    drift = 0.0 if first is None else float((kernel - first).square().sum() / first.square().sum())
    values, vectors = torch.linalg.eigh(kernel)
    along = vectors.T @ residue.double().T.reshape(-1)
    top = slice(len(values) - count, None)
    return {
        "averaged": averaged[tuple(torch.triu_indices(n, n))].float().cpu().numpy(),
        "residue": residue.cpu().numpy(),
        "largest": values[top].flip(0).cpu().numpy(),
        "alongSquares": along[top].square().flip(0).cpu().numpy(),
        "squares": np.array([float(between / square), float(missed / square), drift]),
        "trace": np.array(float(kernel.trace())),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--start", required=True, help="the folder that export_start.ts wrote")
    parser.add_argument("--output", required=True, help="an .npz file; seeds that it has are left")
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--times", default="0.2", help="times of the flow, growing, commas between")
    parser.add_argument("--tolerance", type=float, default=0.01)
    parser.add_argument("--largest", type=int, default=200, help="eigenvalues (200)")
    parser.add_argument("--part", type=int, default=25, help="images differentiated at once (25)")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    options = parser.parse_args()
    try:
        times = [float(text) for text in options.times.split(",")]
    except ValueError as error:
        raise Unusable(f"--times is {options.times!r}; numbers with commas between") from error
    if not all(a < b for a, b in zip([0.0] + times, times)):
        raise Unusable(f"--times is {options.times!r}; the times must be above 0 and grow")
    if options.device == "cuda" and not torch.cuda.is_available():
        raise Unusable("--device cuda: there is no graphics processor here; --device cpu is slow")
    device = torch.device(options.device)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    start = Start(options.start, 1)
    kept = dict(np.load(options.output)) if os.path.exists(options.output) else {}
    for seed in range(options.seeds):
        if f"{seed}_done" in kept:
            continue
        began = time.monotonic()
        run = checked(Run(options.channels, options.n, seed))
        start.check(run)
        model = start.model(run, device, options.n, "contiguous")
        model.network_of = network_of(model)
        flow = Flow(model, horizon=times[-1], tolerance=options.tolerance, seed=seed, times=times)
        count = min(options.largest, 10 * options.n)
        first = None
        for index, at in enumerate([0.0] + times):
            if at > 0:
                flow.horizon = at
                while flow.time < at:
                    flow.step()
            rows = jacobian(model, flow.displacement, options.part)
            kernel = kernel_of(rows)
            del rows
            residue = model.residuals(flow.displacement)
            for name, value in told(kernel, residue, first, count).items():
                kept[f"{seed}_{index}_{name}"] = value
            first = kernel if first is None else first
            print(f"seed {seed}: τ = {at:g}, λ_1 {kept[f'{seed}_{index}_largest'][0]:.6g}, "
                  f"{time.monotonic() - began:.1f} s", flush=True)
        kept[f"{seed}_done"] = np.array(1)
        about = json.dumps({
            "program": PROGRAM, "channels": options.channels, "n": options.n,
            "times": [0.0] + times, "tolerance": options.tolerance,
            "device": device_name(device), "torch": torch.__version__, "tf32": False,
            "python": platform.python_version(), "numpy": np.__version__,
        })
        kept["about"] = np.frombuffer(about.encode(), dtype=np.uint8)
        write_whole(options.output, lambda file: np.savez_compressed(file, **kept))


if __name__ == "__main__":
    try:
        main()
    except Unusable as error:
        raise SystemExit(f"myrtle_kernel.py: {error}")
