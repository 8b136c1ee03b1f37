"""Reference values of tests/dynamics/linear/linear_flow_test.ts: python linear_flow.py > linear_flow.json

Sums and the path length (Gauss-Legendre in ln t, every interval split at each 1/lambda_k) with 40
digits of mpmath 1.3. The numbers of modes are small so that nothing has to be approximated; power
laws of thousands of modes, which the library compresses, are summed with the 19 digits of x86's long
double, the path length by 40 Gauss nodes in every unit of ln t.
"""
import json
import numpy as np
from mpmath import mp, mpf, exp, expm1, log, quad, sqrt

mp.dps = 40

SPECTRA = {
    "one mode": ([2.0], [0.3]),
    "two far apart": ([1e6, 1e-6], [1.0, 2.0]),
    "a zero mode": ([3.0, 0.0, 0.5], [1.0, 5.0, -0.2]),
    "alpha 1.5, delta 0.2": ([k**-1.5 for k in range(1, 61)], [k**-0.1 for k in range(1, 61)]),
    "alpha 1, delta 3": ([1 / k for k in range(1, 61)], [k**-1.5 for k in range(1, 61)]),
}
TIMES = [1e-12, 1e-6, 1e-2, 1.0, 30.0, 1e4, 1e12]


def flow(eigenvalues, residue, time):
    modes = [(mpf(l), mpf(d) ** 2) for l, d in zip(eigenvalues, residue) if l > 0]
    T = mpf(time)
    drop = sum(-w * expm1(-2 * l * T) for l, w in modes) / 2
    square = sum(w * expm1(-l * T) ** 2 / l for l, w in modes)
    speed = lambda t: sqrt(sum(w * l * exp(-2 * l * t) for l, w in modes))
    first = min(T, 1 / max(l for l, _ in modes) / 1000)
    cuts = sorted({c for l, _ in modes for c in (log(1 / l), log(8 / l), log(60 / l)) if log(first) < c < log(T)})
    ends = [log(first), *cuts, log(T)]
    fine = [ends[0]]
    for end in ends[1:]:
        pieces = max(1, int(mp.ceil(end - fine[-1])))
        start = fine[-1]
        fine += [start + (end - start) * (i + 1) / pieces for i in range(pieces)]
    length = quad(speed, [0, first])
    if T > first:
        length += quad(lambda s: exp(s) * speed(exp(s)), fine, maxdegree=4 if len(modes) > 5 else 6)
    return {
        "time": time,
        "lossDrop": float(drop),
        "displacementSquared": float(square),
        "pathLength": float(length),
        "inefficiency": float(T * drop / square),
        "tortuosity": float(length / sqrt(square)),
        "speedSpread": float(T * drop / length**2),
    }


def long_flow(modes, alpha, delta, time):
    k = np.arange(1, modes + 1).astype(np.longdouble)
    l, w, T = k**-np.longdouble(alpha), k**-np.longdouble(delta), np.longdouble(time)
    drop = np.sum(-w * np.expm1(-2 * l * T)) / 2
    square = np.sum(w * np.expm1(-l * T) ** 2 / l)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    first = min(T, np.longdouble(1e-3))
    pieces = max(1, int(np.ceil(np.log(T / first)))) if T > first else 0
    ends = np.log(first) + np.log(T / first) * np.arange(pieces + 1) / max(1, pieces)
    speed = lambda t: np.sqrt(np.sum(w * l * np.exp(-2 * l * t)))
    half = first / 2
    length = half * sum(g * speed(half * (1 + x)) for x, g in zip(nodes, weights))
    for a, b in zip(ends[:-1], ends[1:]):
        times = np.exp((a + b) / 2 + (b - a) / 2 * nodes)
        length += (b - a) / 2 * sum(g * t * speed(t) for t, g in zip(times, weights))
    return {
        "time": time,
        "lossDrop": float(drop),
        "displacementSquared": float(square),
        "pathLength": float(length),
        "inefficiency": float(T * drop / square),
        "tortuosity": float(length / np.sqrt(square)),
        "speedSpread": float(T * drop / length**2),
    }


POWER_LAWS = [(3000, 0.8, 0.4), (3000, 1.5, 1.2)]
print(json.dumps({
    "spectra": [
        {"name": name, "eigenvalues": l, "residue": d, "points": [flow(l, d, T) for T in TIMES]}
        for name, (l, d) in SPECTRA.items()
    ],
    "powerLaws": [
        {"modes": n, "alpha": a, "delta": d, "points": [long_flow(n, a, d, T) for T in TIMES]}
        for n, a, d in POWER_LAWS
    ],
}, indent=1))
