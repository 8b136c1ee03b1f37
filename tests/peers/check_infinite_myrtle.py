#!/usr/bin/env python3
"""Checks infinite_myrtle.py: against neural-tangents' numbers (tests/golden/infinite_myrtle.json), a run
that is cut off and gone on with against a whole one, and the Triton kernels, by Triton's interpreter on
images of 8 × 8 pixels, against plain PyTorch. Half a minute on any machine:

    python3 tests/peers/check_infinite_myrtle.py
"""

import json
import math
import os
import sys
import tempfile

os.environ["TRITON_INTERPRET"] = "1"

import numpy as np
import torch

import infinite_myrtle as peer

GOLDEN = os.path.join(os.path.dirname(__file__), "..", "golden", "infinite_myrtle.json")


def say(what, off, allowed):
    print(f"{'ok' if off <= allowed else 'WRONG'}  {what}: {off:.1e} apart, {allowed:.0e} allowed")
    return off <= allowed


def neural_tangents():
    """Of two images; and the same, cut off after the first pair."""
    with open(GOLDEN, encoding="utf-8") as file:
        golden = json.load(file)
    x = np.sin(0.3 * np.arange(2 * 3072)).astype(np.float32).reshape(2, 32, 32, 3)
    whole = peer.Kernels(x, device="cpu", batch=3, triton=False)
    whole.advance()
    wanted = np.stack([np.array(golden[name])[np.tril_indices(2)] for name in ("nngp", "ntk")])
    yield say("neural-tangents", np.abs(whole.values.numpy() / wanted - 1).max(), 1e-12)
    cut = peer.Kernels(x, device="cpu", batch=1, triton=False)
    cut.advance()
    again = peer.Kernels(x, device="cpu", batch=2, triton=False)
    source = {"imagesSha256": "of these", "seconds": 1.0}
    with tempfile.TemporaryDirectory() as folder:
        peer.save(folder, cut, source)
        peer.restore(folder, again, source)
    kept = again.done == 1 and again.finished() == 1
    again.advance()
    off = float((again.values / whole.values - 1).abs().max()) if kept else math.inf
    yield say("cut off and gone on with", off, 1e-13)


def fused():
    """Both Triton kernels, on covariances of random features, where some pixels are parallel or black."""
    import infinite_myrtle_triton as fast
    side, pixels, block = 8, 64, 256
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(3, pixels, 5, generator=generator, dtype=torch.float64)
    x[1, :9] = -2 * x[0, :9]
    x[2, 7] = 0
    k = torch.einsum("npc,mqc->nmpq", x, x)
    i, j = torch.tensor([0, 1, 2, 1]), torch.tensor([0, 0, 1, 1])
    pairs = k[i, j].reshape(4, *[side] * 4).contiguous()
    own = peer.deviations(k[range(3), range(3)].reshape(3, *[side] * 4))
    of = lambda index: [part[index] for part in own]
    own = [part.contiguous() for part in own]
    k_out, theta_out = torch.empty_like(pairs), torch.empty_like(pairs)
    fast.relu_kernel[(pixels**2 // block, 4)](pairs, *own, i, j, k_out, theta_out, pixels, block)
    wanted = peer.relu(pairs, pairs, of(i), of(j))
    apart = lambda found: max(
        float((a.reshape(-1) - b.reshape(-1)).abs().max() / b.abs().max())
        for a, b in zip(found, wanted)
    )
    yield say("Triton's relu", apart((k_out, theta_out)), 1e-14)
    # Deviations large enough for what a window sums.
    own = [3 * own[0], own[1] / 3]
    of = lambda index: [part[index] for part in own]
    theta = torch.randn(pairs.shape, generator=generator, dtype=torch.float64)
    for pool in (1, 2):
        k_out, theta_out = (torch.empty(4, (side // pool)**4, dtype=torch.float64) for _ in range(2))
        fast.layer_kernel[((side // pool)**4 // block, 4)](
            pairs, theta, *own, i, j, k_out, theta_out, side, pool, block,
        )
        both = peer.relu(*peer.convolution(pairs, theta), of(i), of(j))
        wanted = [peer.average_pool(part, pool) for part in both]
        yield say(f"Triton's layer with a pool of {pool}", apart((k_out, theta_out)), 1e-14)


def main():
    results = list(neural_tangents())
    try:
        import triton  # noqa: F401
    except ImportError:
        print("not checked: Triton is not here")
    else:
        results += fused()
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
