"""Reference values of tests/numerics/special_functions_test.ts: python special_functions.py > special_functions.json

mpmath 1.3 with 30 digits; quantiles by root finding on the distribution function.
"""
import json
from mpmath import mp, mpf, betainc, findroot, gamma, ncdf, zeta

mp.dps = 30


def normal_quantile(p):
    return findroot(lambda x: ncdf(x) - p, 0)


def student_cdf(t, n):
    tail = betainc(mpf(n) / 2, mpf(1) / 2, 0, n / (n + t * t), regularized=True) / 2
    return 1 - tail if t > 0 else tail


def student_quantile(p, n):
    return findroot(lambda t: student_cdf(t, n) - p, (mpf(0), mpf(100)), solver="bisect", maxsteps=150, verify=False)


f = lambda x: float(x)
print(json.dumps({
    "gamma": [[x, f(gamma(mpf(x)))] for x in (-1.5, -0.25, 0.125, 0.4667, 1.75, 6.5, 20.25)],
    "riemannZeta": [[s, f(zeta(mpf(s)))] for s in (-3.5, -1, -0.5, 0, 0.25, 0.875, 1.125, 1.5, 3, 12)],
    "normalCdf": [[x, f(ncdf(mpf(x)))] for x in (-3, -1.5, 0.25, 1, 2.5)],
    "normalQuantile": [[p, f(normal_quantile(mpf(p)))] for p in (0.025, 0.25, 0.6, 0.975)],
    "studentQuantile": [[p, n, f(student_quantile(mpf(p), n))]
                        for p, n in ((0.975, 1), (0.975, 4), (0.95, 10), (0.75, 30), (0.9995, 7))],
}, indent=1))
