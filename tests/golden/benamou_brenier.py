"""Reference values of tests/dynamics/laws/benamou_brenier_test.ts: python benamou_brenier.py > benamou_brenier.json

No flow map of the velocity field as a matrix, no closed form of the law: scipy 1.17 moves mean and covariance and 4 points
(Gauss-Hermite's of degree 3 in the plane, which average quadratic functions of x exactly) along
v = -grad U - grad ln p / beta by DOP853 at 1e-12, and averages |X_T - X_0|^2 over them. W2^2 by
sqrtm.
"""
import json
import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import sqrtm

K = np.array([[1.0, 0.3], [0.3, 6.0]])
center = np.array([0.5, -1.0])
beta, T = 2.0, 0.8
m0, C0 = np.array([2.0, 1.0]), np.array([[1.0, 0.5], [0.5, 0.4]])
A = np.linalg.cholesky(C0)
x0 = np.array([m0 + A @ np.array([a, b]) for a in (-1, 1) for b in (-1, 1)])


def rates(t, z):
    m, C, x = z[:2], z[2:6].reshape(2, 2), z[6:14].reshape(4, 2)
    inverse = np.linalg.inv(C)
    v = lambda p: -K @ (p - center) + inverse @ (p - m) / beta
    spread = inverse / beta - K
    speed = v(m) @ v(m) + np.trace(spread @ C @ spread)
    return np.concatenate([v(m), (2 / beta * np.eye(2) - K @ C - C @ K).ravel(), np.ravel([v(p) for p in x]), [speed]])


z = solve_ivp(rates, (0, T), np.concatenate([m0, C0.ravel(), x0.ravel(), [0]]), method="DOP853", rtol=1e-12, atol=1e-14).y[:, -1]
m, C, x, R = z[:2], z[2:6].reshape(2, 2), z[6:14].reshape(4, 2), z[14]
root = np.real(sqrtm(sqrtm(C0) @ C @ sqrtm(C0)))
print(json.dumps({
    "curvature": K.tolist(), "minimum": center.tolist(), "beta": beta, "horizon": T, "mean": m0.tolist(), "covariance": C0.tolist(),
    "w2Squared": float((m - m0) @ (m - m0) + np.trace(C0 + C - 2 * root)),
    "meanSquaredMove": float(np.mean(np.sum((x - x0) ** 2, axis=1))),
    "timeTimesDissipation": float(T * R),
}, indent=1))
