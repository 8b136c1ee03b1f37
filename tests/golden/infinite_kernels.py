"""Reference values of tests/ntk/infinite_test.ts: python infinite_kernels.py > infinite_kernels.json

Fully connected kernels in the limit of infinite width by their recursions with 50 digits of mpmath
1.3 (Cho and Saul's arc-cosine kernels, Williams' for erf). Images are sin(0.3 j), rounded to float32.
With the standard parametrization a weight's derivative is W_std/sqrt(fan_in) times smaller in the
ntk one's units: its NTK is summed from fan_in times the covariance that goes in, hidden width 3.
"""
import json
import math
import struct

from mpmath import mp, mpf, acos, asin, cos, pi, sin, sqrt

mp.dps = 50


def float32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def images(n, d):
    return [[mpf(float32(math.sin(0.3 * (i * d + j)))) for j in range(d)] for i in range(n)]


def relu(a, b, c):
    size = sqrt(a * b)
    t = acos(max(mpf(-1), min(mpf(1), c / size)))
    return size * (sin(t) + (pi - t) * cos(t)) / (2 * pi), (pi - t) / (2 * pi)


def erf(a, b, c):
    size = sqrt((1 + 2 * a) * (1 + 2 * b))
    return 2 / pi * asin(2 * c / size), 4 / pi / sqrt(size**2 - 4 * c**2)


def kernels(x, depth, dual, weight, bias):
    n, d = len(x), len(x[0])
    w, b = mpf(weight) ** 2, mpf(bias) ** 2
    entries = lambda of: [[of(i, j) for j in range(n)] for i in range(n)]
    into = entries(lambda i, j: sum(p * q for p, q in zip(x[i], x[j])) / d)
    theta = entries(lambda i, j: mpf(0))
    standard, fan_in = theta, d
    slopes = entries(lambda i, j: mpf(1))
    for layer in range(depth):
        k = entries(lambda i, j: w * into[i][j] + b)
        theta = entries(lambda i, j: k[i][j] + w * theta[i][j] * slopes[i][j])
        standard = entries(
            lambda i, j: fan_in * into[i][j] + (1 if b else 0) + w * standard[i][j] * slopes[i][j]
        )
        duals = entries(lambda i, j: dual(k[i][i], k[j][j], k[i][j]))
        into, slopes = (entries(lambda i, j: duals[i][j][part]) for part in (0, 1))
        fan_in = 3
    as_floats = lambda m: [float(v) for row in m for v in row]
    return {"nngp": as_floats(k), "ntk": as_floats(theta), "standardNtk": as_floats(standard)}


x = images(4, 12)
x.append([mpf(float32(float(v) * (1 + 2.0**-20))) for v in x[0]])  # nearly the first image
SETTINGS = [
    ("relu", 2, relu, 1.5, 0.0),
    ("relu", 5, relu, 1.25, 0.25),
    ("erf", 3, erf, 1.5, 0.5),
]
print(json.dumps({
    "images": [[float(v) for v in row] for row in x],
    "kernels": [
        {"activation": name, "depth": depth, "weightStd": w, "biasStd": b, **kernels(x, depth, dual, w, b)}
        for name, depth, dual, w, b in SETTINGS
    ],
}))
