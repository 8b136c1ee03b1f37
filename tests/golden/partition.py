"""Reference values of tests/dynamics/partition_test.ts: python partition.py > partition.json

A linear model f = J theta with theta' = -J^T (J theta - y), by the exponential of the matrix of the
flow with 40 digits of mpmath 1.3: no eigenvectors, and no formula of the split. Loss drop and squared
displacement are of three flows from theta_0: with the labels y; to f = 0, with no labels; and to the
labels with f_0 added to them, as if the network said nothing at first.
"""
import json
from mpmath import mp, matrix, expm, mpf, sin

mp.dps = 40

OUTPUTS, WEIGHTS = 4, 6
J = matrix(OUTPUTS, WEIGHTS)
for i in range(OUTPUTS):
    for j in range(WEIGHTS):
        J[i, j] = mpf(float(sin((i + 1) * (j + 2) ** 2)))
THETA = matrix([mpf(float(sin(5 * j + 2))) for j in range(WEIGHTS)])
Y = matrix([mpf(float(sin(11 * i + 4))) for i in range(OUTPUTS)])
TIMES = [0.01, 0.3, 2.0, 40.0]


def flow(theta, y, time):
    # (theta, 1)' = A (theta, 1)
    A = matrix(WEIGHTS + 1, WEIGHTS + 1)
    A[:WEIGHTS, :WEIGHTS] = -J.T * J
    A[:WEIGHTS, WEIGHTS] = J.T * y
    start = matrix(list(theta) + [mpf(1)])
    end = (expm(A * mpf(time), method="taylor") * start)[:WEIGHTS, 0]
    loss = lambda t: sum((v) ** 2 for v in (J * t - y)) / 2
    return {
        "lossDrop": float(loss(theta) - loss(end)),
        "displacementSquared": float(sum(v**2 for v in end - theta)),
    }


f0 = J * THETA
print(json.dumps({
    "jacobian": [[float(J[i, j]) for j in range(WEIGHTS)] for i in range(OUTPUTS)],
    "theta": [float(v) for v in THETA],
    "labels": [float(v) for v in Y],
    "flows": [{
        "time": time,
        "whole": flow(THETA, Y, time),
        "initial": flow(THETA, 0 * Y, time),
        "labels": flow(THETA, Y + f0, time),
    } for time in TIMES],
}))
