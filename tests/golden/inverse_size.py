"""Reference values of tests/statistics/inverse_size_golden_test.ts: fits in 1/size by numpy 1.26 and
scipy 1.12.

    python inverse_size.py > inverse_size.json

Means: ordinary least squares by numpy's pseudo-inverse of the design matrix of all values; the covariance
is X^+ D X^+T with each group's own sample variance in D, Welch's degrees of freedom are those of the sum
over groups, and the interval Student's. Variances: the likelihood of (k - 1) s^2/v ~ chi^2 of k - 1
degrees, its maximum and the edges of its interval by scipy.optimize.
"""
import json

import numpy as np
from scipy import optimize, stats

SIZES, COUNTS = [8, 16, 64, 256], [7, 9, 5, 3]
LIMIT, LIMIT_VARIANCE = -1.2, 0.03

groups, j = [], 0
for size, count in zip(SIZES, COUNTS):
    noise = np.sin(1.7 * np.arange(j, j + count) * (np.arange(j, j + count) + 3))
    groups.append(-1.2 + 5 / size - 12 / size**2 + np.sqrt(0.06 + 2 / size) * noise)
    j += count


def fit(order, through):
    design, of, y = [], [], []
    for g, (size, values) in enumerate(zip(SIZES, groups)):
        for value in values:
            powers = [size**-p for p in range(1 if through else 0, order + 1)]
            design.append([float(p) for p in powers])
            of.append(g)
            y.append(value - (LIMIT if through else 0))
    inverse = np.linalg.pinv(np.array(design), rcond=1e-15)
    coefficients = inverse @ np.array(y)
    of = np.array(of)

    def estimate(u):
        u = np.array(u, dtype=float)
        row = u @ inverse
        parts = np.array([
            row[of == g] @ row[of == g] * np.var(values, ddof=1) for g, values in enumerate(groups)
        ])
        degrees = max(1, np.floor(parts.sum() ** 2 / sum(p**2 / (len(v) - 1) for p, v in zip(parts, groups))))
        reach = np.sqrt(parts.sum()) * stats.t.ppf(0.975, degrees)
        value = float(u @ coefficients)
        return {"value": value, "interval": [value - reach, value + reach]}

    names = ["slope", "curvature"][:order] if through else ["limit", "slope", "curvature"][: order + 1]
    unit = np.eye(len(names))
    excess = [0.0 if name == "limit" else 32.0 ** -(names.index(name) + (1 if through else 0)) for name in names]
    return {**{name: estimate(row) for name, row in zip(names, unit)}, "excess32": estimate(excess)}


def variance_fit():
    squares = [np.var(values, ddof=1) for values in groups]

    def deviance(c):
        total = 0.0
        for size, s2, values in zip(SIZES, squares, groups):
            v = LIMIT_VARIANCE + c / size
            if v <= 0:
                return np.inf
            k = len(values)
            # chi^2 of k - 1 degrees at (k - 1) s^2/v, as a density of s^2
            total -= 2 * (stats.chi2.logpdf((k - 1) * s2 / v, k - 1) - np.log(v))
        return total

    best = optimize.minimize_scalar(deviance, bounds=(-0.2, 20), method="bounded", options={"xatol": 1e-10})
    above = lambda c: deviance(c) - best.fun - stats.chi2.ppf(0.95, 1)
    low = optimize.brentq(above, -SIZES[0] * LIMIT_VARIANCE * (1 - 1e-9), best.x, xtol=1e-12)
    high = optimize.brentq(above, best.x, 200, xtol=1e-12)
    return {"value": best.x, "interval": [low, high]}


print(json.dumps({
    "groups": [{"size": s, "values": v.tolist()} for s, v in zip(SIZES, groups)],
    "limit": LIMIT,
    "limitVariance": LIMIT_VARIANCE,
    "fits": [
        {"order": order, "through": through, **fit(order, through)}
        for order in (1, 2) for through in (False, True)
    ],
    "rate": variance_fit(),
}))
