"""Reference values of tests/bounds and tests/dynamics/laws/ornstein_uhlenbeck_test.ts, with 60 digits of
mpmath 1.3: python gaussians.py > gaussians.json

All matrices hold small integers or short binary fractions, so both sides read the same numbers.
"""
import json
from mpmath import mp, mpf, matrix, eye, diag, eigsy, sqrt, exp, log, det, pi, expm, inverse

mp.dps = 60


def root(a):
    values, q = eigsy(a)
    n = a.rows
    return q * diag([sqrt(v) if v > mpf(10) ** -45 else mpf(0) for v in values]) * q.T


def trace(a):
    return sum(a[i, i] for i in range(a.rows))


def w2(m1, c1, m2, c2):
    shift = sum((a - b) ** 2 for a, b in zip(m1, m2))
    r = root(c1)
    return shift + trace(c1) + trace(c2) - 2 * trace(root(r * c2 * r))


def free_energy(m, c, minimum, curvature, beta):
    d = c.rows
    u = sum(
        curvature[i, j] * (c[i, j] + (m[i] - minimum[i]) * (m[j] - minimum[j])) / 2
        for i in range(d)
        for j in range(d)
    )
    return u - (log(det(c)) + d * log(2 * pi * exp(1))) / (2 * beta)


def law(m, c, minimum, curvature, beta, t):
    d = c.rows
    values, q = eigsy(curvature)
    inside = q.T * c * q
    shift = q.T * matrix([a - b for a, b in zip(m, minimum)])
    new = matrix(d, d)
    for i in range(d):
        for j in range(d):
            new[i, j] = inside[i, j] * exp(-(values[i] + values[j]) * t)
        l = values[i]
        new[i, i] += 2 * t / beta if abs(l) < mpf(10) ** -50 else (1 - exp(-2 * l * t)) / (beta * l)
    moved = q * matrix([shift[i] * exp(-values[i] * t) for i in range(d)])
    return [moved[i] + minimum[i] for i in range(d)], q * new * q.T


def rows(a):
    return [[float(a[i, j]) for j in range(a.cols)] for i in range(a.rows)]


LAWS = [
    ("one dimension", [0], [[4]], [1], [[9]]),
    ("general", [1, -2, 0.5], [[4, 1, 0], [1, 3, -1], [0, -1, 2]], [0, 0, 1], [[2, 0.5, 0.25], [0.5, 5, 1], [0.25, 1, 1]]),
    ("rank one to rank one", [0, 0, 0], [[1, 2, 2], [2, 4, 4], [2, 4, 4]], [0, 0, 0], [[4, 2, 0], [2, 1, 0], [0, 0, 0]]),
    ("a point", [3, 4], [[0, 0], [0, 0]], [0, 0], [[2, 1], [1, 2]]),
    ("graded", [0, 0], [[2.0**20, 0], [0, 2.0**-40]], [0, 0], [[1, 0], [0, 2.0**-20]]),
    ("nearly equal", [0, 0], [[2, 1], [1, 3]], [0, 0], [[2 + 2.0**-20, 1], [1, 3 - 2.0**-21]]),
]
FLOWS = [
    ("commuting", [[1, 0], [0, 4]], [0, 1], [2, 0], [[3, 0], [0, 0.5]], 2),
    ("general", [[2, 1, 0], [1, 3, 0.5], [0, 0.5, 1]], [1, 0, 0], [0, 2, -1], [[1, 0.5, 0], [0.5, 2, -0.25], [0, -0.25, 4]], 0.5),
    ("flat and unstable", [[1, 1, 0], [1, 1, 0], [0, 0, -0.5]], [0, 0, 0], [1, 0, 0.25], [[2, 0.5, 0.5], [0.5, 1, 0], [0.5, 0, 1]], 3),
    ("hot", [[1, 0.5], [0.5, 2]], [0, 0], [4, 1], [[1, 0.25], [0.25, 1]], 2.0**-10),
    ("cold", [[1, 0.5], [0.5, 2]], [0, 0], [4, 1], [[1, 0.25], [0.25, 1]], 2.0**20),
]
TIMES = [2.0**-20, 2.0**-7, 0.5, 4.0, 32.0]


def flow(name, curvature, minimum, mean, covariance, beta):
    k, c = matrix(curvature), matrix(covariance)
    b = mpf(beta)
    start = free_energy(mean, c, minimum, k, b)
    points = []
    for time in TIMES:
        m, ct = law(mean, c, minimum, k, b, mpf(time))
        produced = start - free_energy(m, ct, minimum, k, b)
        w = w2(mean, c, m, ct)
        points.append({
            "time": time, "mean": [float(x) for x in m], "covariance": rows(ct),
            "entropyProduction": float(produced), "w2Squared": float(w), "inefficiency": float(mpf(time) * produced / w),
        })
    return {
        "name": name, "potential": {"curvature": curvature, "minimum": minimum}, "beta": beta,
        "p0": {"mean": mean, "covariance": covariance}, "freeEnergy": float(start), "points": points,
    }


print(json.dumps({
    "distances": [
        {"name": name, "p": {"mean": m1, "covariance": c1}, "q": {"mean": m2, "covariance": c2},
         "w2Squared": float(w2([mpf(x) for x in m1], matrix(c1), [mpf(x) for x in m2], matrix(c2)))}
        for name, m1, c1, m2, c2 in LAWS
    ],
    "flows": [flow(*f) for f in FLOWS],
}, indent=1))
