"""Reference values of tests/ntk/drift_golden_test.ts: angles between subspaces by scipy 1.12's
linalg.subspace_angles, and measures of kernels by numpy's norms and traces.

    python drift.py > drift.json
"""
import json

import numpy as np
from scipy.linalg import qr, subspace_angles


def values(rows, cols, frequency):
    j = np.arange(rows * cols)
    return np.sin(frequency * j * (j + 3)).reshape(rows, cols)


def basis(rows, cols, frequency):
    return qr(values(rows, cols, frequency), mode="economic")[0]


first, second = basis(11, 3, 0.7), basis(11, 5, 1.3)
near = qr(first + 1e-3 * values(11, 3, 0.3), mode="economic")[0]
a, b = values(7, 9, 0.7), values(7, 9, 1.3)
kernel = a @ a.T + 0.1 * np.eye(7)
other = kernel + 0.2 * b @ b.T
targets = values(7, 2, 0.9)
H = np.eye(7) - 1 / 7
cosine = lambda p, q: np.trace(p @ q.T) / (np.linalg.norm(p) * np.linalg.norm(q))
yy = targets @ targets.T
vector = values(1, 7, 1.7)[0]
angles = lambda p, q: np.sort(subspace_angles(p, q)).tolist()
print(json.dumps({
    "first": first.tolist(),
    "second": second.tolist(),
    "near": near.tolist(),
    "angles": {"first, second": angles(first, second), "first, near": angles(first, near)},
    "kernel": kernel.tolist(),
    "other": other.tolist(),
    "targets": targets.ravel().tolist(),
    "vector": vector.tolist(),
    "change": np.linalg.norm(other - kernel) / np.linalg.norm(kernel),
    "distance": 1 - cosine(kernel, other),
    "alignment": cosine(H @ kernel @ H, H @ yy @ H),
    "alignment, not centred": cosine(kernel, yy),
    "vector alignment": vector @ kernel @ vector / (np.linalg.norm(kernel) * vector @ vector),
    "laziness": vector @ np.linalg.pinv(kernel) @ vector / 2.5,
}))
