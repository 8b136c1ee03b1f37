"""Reference values of tests/dynamics/linear_regression_golden_test.ts:
python linear_regression.py > linear_regression.json

The problem linearRegression({ samples: 3, dimension: 2, labelNoise: 0.3, priorStd: 0.7, beta: 4 }) of seed 0,
inputs and labels copied, done without this library's closed forms (numpy 2, scipy 1.17):
- by the motion: mean and covariance by solve_ivp (DOP853, 1e-12), with <|v|^2> of the current velocity
  v = -grad U - grad ln p / beta integrated as one more component;
- by quadrature in the plane (Gauss-Hermite, 160 x 160 nodes): the partition functions and the mean loss of
  Eq. 6 from the loss itself, and mean and covariance of the Boltzmann law e^{-beta (L + V)};
- W2^2 of Gaussians by minimizing E|x - y|^2 over couplings that are linear maps between them: x = A^1/2 z,
  y = B^1/2 Q z, Q a rotation or a reflection of the plane, by its angle (not by Bures' formula).
"""
import json
import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

X = np.array([0.9826734101923826, -1.1111560816892128, 0.17788179405760135, 1.0275867313582134, -1.3222649491768177, -1.5112333135196563]).reshape(3, 2)
y = np.array([-0.8700669706061369, 0.5880750486847142, -1.5212623870497217])
beta, s = 4.0, 0.7
K = X.T @ X + np.eye(2) / (beta * s**2)
pull = X.T @ y
C0 = s**2 * np.eye(2)


def rates(t, z):
    m, C = z[:2], z[2:6].reshape(2, 2)
    force = pull - K @ m
    dC = 2 / beta * np.eye(2) - K @ C - C @ K
    inverse = np.linalg.inv(C)
    A = inverse / beta - K  # v = force(m) + A (x - m)
    return np.concatenate([force, dC.ravel(), [force @ force + np.trace(A @ C @ A.T)]])


def by_motion(T):
    z0 = np.concatenate([np.zeros(2), C0.ravel(), [0.0]])
    z = solve_ivp(rates, (0, T), z0, method="DOP853", rtol=1e-12, atol=1e-14).y[:, -1]
    return z[:2], z[2:6].reshape(2, 2), z[6]


def root(A):
    w, V = np.linalg.eigh(A)
    return V @ np.diag(np.sqrt(w)) @ V.T


def w2_squared(m, C):
    a, b = root(C0), root(C)

    def cost(angle, flip):
        Q = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([1, flip])
        return m @ m + np.trace(C0) + np.trace(C) - 2 * np.trace(a @ (b @ Q).T)

    return min(
        minimize_scalar(cost, bounds=(c - 2, c + 2), args=(flip,), method="bounded", options={"xatol": 1e-12}).fun
        for flip in (1, -1) for c in (0, np.pi)
    )


def by_quadrature():
    nodes, weights = np.polynomial.hermite_e.hermegauss(160)  # weight e^{-x^2/2}
    a, b = np.meshgrid(nodes * s, nodes * s, indexing="ij")
    w = np.outer(weights, weights) * s**2  # dtheta e^{-beta V}
    L = sum((X[i, 0] * a + X[i, 1] * b - y[i]) ** 2 for i in range(3)) / 2
    Z0, Zoo = w.sum(), (w * np.exp(-beta * L)).sum()
    p = w * np.exp(-beta * L) / Zoo
    m = np.array([(p * a).sum(), (p * b).sum()])
    C = np.array([[(p * a * a).sum(), (p * a * b).sum()], [(p * a * b).sum(), (p * b * b).sum()]]) - np.outer(m, m)
    return m, C, np.log(Zoo) / beta - np.log(Z0) / beta + (w * L).sum() / Z0


points = []
for T in (0.01, 0.1, 1.0, 30.0):
    m, C, R = by_motion(T)
    points.append({"time": T, "mean": list(m), "entropyProduction": R, "w2Squared": w2_squared(m, C)})
m, C, R = by_quadrature()
print(json.dumps({
    "inputs": X.tolist(), "labels": y.tolist(), "beta": beta, "priorStd": s, "points": points,
    "stationary": {"mean": list(m), "covariance": C.tolist(), "entropyProduction": R, "w2Squared": w2_squared(m, C)},
}, indent=1))
