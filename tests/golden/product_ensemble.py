"""W2^2 of f = theta_1 theta_2, y = 3, linearized each at its own weights, T = 1.

E |dtheta|^2 by quadrature over K = |theta|^2, and W2^2 by SciPy's assignment of large clouds: stratified
points of the standard normal law and their images, folded into one quadrant of u = (t1 + t2)/sqrt 2,
v = (t1 - t2)/sqrt 2, whose reflections leave both laws as they are. Run: python product_ensemble.py >
product_ensemble.json
"""
import json
import numpy as np
from scipy.integrate import quad
from scipy.optimize import linear_sum_assignment
from scipy.stats import qmc
from scipy.special import ndtri

Y, T = 3.0, 1.0

def image(t):
    k = (t ** 2).sum(1)
    f = t[:, 0] * t[:, 1]
    rate = -np.expm1(-k * T) / k
    return t + (rate * (Y - f))[:, None] * t[:, ::-1]

above = quad(lambda k: 0.5 * np.exp(-k / 2) * np.expm1(-k * T) ** 2 / k * (Y ** 2 + k ** 2 / 8), 0, np.inf)[0]

def folded(t):
    return np.abs(np.stack([t[:, 0] + t[:, 1], t[:, 0] - t[:, 1]], 1)) / np.sqrt(2)

def w2(n, seed):
    p = ndtri(qmc.Sobol(2, seed=seed).random(n))
    q = ndtri(qmc.Sobol(2, seed=1000 + seed).random(n))
    a, b = folded(p), folded(image(q))
    cost = ((a[:, None] - b[None]) ** 2).sum(2)
    i, j = linear_sum_assignment(cost)
    return cost[i, j].mean()

sizes = [512, 1024, 2048]
values = {n: [w2(n, s) for s in range(8 if n < 2048 else 4)] for n in sizes}
print(json.dumps({
    "target": Y, "time": T, "above": above,
    "w2": [{"points": n, "mean": float(np.mean(v)), "error": float(np.std(v, ddof=1) / len(v) ** .5)} for n, v in values.items()],
}, indent=1))
