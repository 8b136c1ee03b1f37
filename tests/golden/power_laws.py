"""Reference values of tests/dynamics/linear/power_law_asymptotics_test.ts: python power_laws.py > power_laws.json

Sums over lambda_k = k^-alpha, Delta_k^2 = k^-delta with 30 digits of mpmath 1.3: mode by mode to
u = T k^-alpha < 1/20, the rest of an infinite spectrum as a power series in u, each power summed by
Hurwitz's zeta function. No integral and no asymptotic formula is used.
"""
import json
from mpmath import mp, mpf, exp, expm1, factorial, fsum, zeta

mp.dps = 30


def inefficiency(alpha, delta, modes, time):
    a, d, T = mpf(alpha), mpf(delta), mpf(time)
    first = int((T * 20) ** (1 / a)) + 200
    last = first if modes is None else modes
    drop = fsum(-mpf(k) ** -d * expm1(-2 * T * mpf(k) ** -a) for k in range(1, last + 1))
    square = fsum(mpf(k) ** (a - d) * expm1(-T * mpf(k) ** -a) ** 2 for k in range(1, last + 1))
    if modes is None:
        drop += fsum((-1) ** (j + 1) * (2 * T) ** j / factorial(j) * zeta(d + j * a, last + 1) for j in range(1, 18))
        square += fsum((-1) ** j * (2**j - 2) * T**j / factorial(j) * zeta(d - a + j * a, last + 1) for j in range(2, 19))
    return T * drop / (2 * square)


CASES = [  # alpha, delta, modes (None: infinitely many), times
    (1.5, 0.2, None, (10, 100, 1000)),
    (1.5, 0.2, 2000, (100, 1000)),
    (2, 0.8, None, (10, 100, 1000)),
    (1, 1, None, (10, 100, 1000)),  # r = 0
    (2, 1, None, (10, 100, 1000)),
    (1, 1.5, None, (10, 100, 1000)),
    (1.5, 2, 3000, (100, 1000)),
    (1, 2, None, (10, 100, 1000)),  # r = -1
    (1.5, 2.5, None, (10, 100, 1000)),
    (1, 3, None, (10, 100, 1000)),
    (1.5, 4, None, (10, 100)),
    (0.5, 0.2, 3000, (10, 40)),  # r = 1.6
    (1, 0, 3000, (10, 100)),  # r = 1
    (0.8, -1.4, 3000, (10, 100)),  # r = 3
]
print(json.dumps([
    {"alpha": a, "delta": d, "modes": n, "time": T, "inefficiency": float(inefficiency(a, d, n, T))}
    for a, d, n, times in CASES for T in times
], indent=1))
