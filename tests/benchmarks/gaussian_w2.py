"""The peer of gaussian_w2.ts: SciPy, by sqrtm (the textbook's way) and by eigh.

    OPENBLAS_NUM_THREADS=2 python tests/benchmarks/gaussian_w2.py --dimension 2000
"""
import argparse
import time

import numpy as np
import scipy.linalg as linalg

parser = argparse.ArgumentParser()
parser.add_argument("--dimension", type=int, default=2000)
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()
d = options.dimension
rng = np.random.default_rng(0)


def law():
    factor = rng.normal(size=(d, d)) / np.sqrt(d)
    return factor @ factor.T


def by_sqrtm(a, b):
    root = linalg.sqrtm(a)
    return np.trace(a) + np.trace(b) - 2 * np.trace(linalg.sqrtm(root @ b @ root)).real


def by_eigh(a, b):
    values, vectors = linalg.eigh(a)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    middle = root @ b @ root
    squares = linalg.eigvalsh((middle + middle.T) / 2)
    return np.trace(a) + np.trace(b) - 2 * np.sqrt(np.maximum(squares, 0)).sum()


a, b = law(), law()
for _ in range(options.rounds):
    for way in (by_sqrtm, by_eigh):
        start = time.perf_counter()
        value = way(a, b)
        print(f"d = {d}: W2² = {value:.10g} in {time.perf_counter() - start:.2f} s {way.__name__}")
