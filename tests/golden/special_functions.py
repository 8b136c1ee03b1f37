"""Reference values of tests/numerics/special_functions_test.ts: python special_functions.py > special_functions.json

mpmath 1.3: Γ, ζ and Φ with 60 digits; quantiles by Newton's method on the distribution function, with
as many digits as the tail needs, and bracketed to 10⁻²². Arguments are the float64 numbers that stand there.
"""
import json
from mpmath import mp, mpf, erfc, exp, gamma, log, pi, sqrt, zeta

mp.dps = 60


def grid(low, high, count):
    # Odd fractions, so that arguments have all their digits.
    return [low + (high - low) * (i + 0.37) / count for i in range(count)]


def newton(log_tail, q, start):
    """The t with tail q; log_tail gives ln P(T > t), and minus its derivative in ln t."""
    t = mpf(start)
    for _ in range(200):
        value, slope = log_tail(t)
        step = (value - log(q)) / slope
        t *= exp(step)
        if abs(step) < mpf(10) ** -30:
            break
    wide = mpf(10) ** -22
    assert log_tail(t * (1 - wide))[0] > log(q) > log_tail(t * (1 + wide))[0], (q, t)
    return t


def normal_cdf(x):
    return erfc(-mpf(x) / sqrt(mpf(2))) / 2


def normal_quantile(p):
    p = mpf(p)
    if p == 0.5:
        return mpf(0)
    q = min(p, 1 - p)

    def log_tail(t):
        tail = erfc(t / sqrt(mpf(2))) / 2
        return log(tail), t * exp(-t * t / 2) / sqrt(2 * pi) / tail

    t = newton(log_tail, q, sqrt(-2 * log(q)) if q < 0.1 else (0.5 - q) * sqrt(2 * pi))
    return t if p > 0.5 else -t


def student_tail(t, n):
    """P(T > t), its factor x^{n/2} y^{1/2}/B(n/2, 1/2) aside: a series of positive terms, or 1/2 less one."""
    x, y = n / (n + t * t), t * t / (n + t * t)
    beta = gamma(mpf(n) / 2) * sqrt(pi) / gamma(mpf(n + 1) / 2)
    front = x ** (mpf(n) / 2) * sqrt(y) / beta
    here, ratio = (x, lambda k: (n + 1 + 2 * k) / mpf(n + 2 + 2 * k)) if y > x else (
        y, lambda k: (n + 1 + 2 * k) / mpf(3 + 2 * k))
    total, term, k = mpf(0), mpf(1), 0
    while term > total * mpf(10) ** -mp.dps:
        total += term
        term *= here * ratio(k)
        k += 1
    return front * total / n if y > x else mpf(1) / 2 - front * total


def student_quantile(p, n):
    p = mpf(p)
    q = min(p, 1 - p)
    mp.dps = 60 - int(log(q, 10))  # the tail is what is left of 1/2

    def log_tail(t):
        tail = student_tail(t, n)
        density = gamma(mpf(n + 1) / 2) / gamma(mpf(n) / 2) / sqrt(n * pi) * (
            1 + t * t / n) ** (-mpf(n + 1) / 2)
        return log(tail), t * density / tail

    t = newton(log_tail, q, abs(normal_quantile(p)))
    mp.dps = 60
    return t if p > 0.5 else -t


tails = [float(f"{a}e-{k}") for k in (1, 2, 3, 4, 6, 9, 14, 15, 20, 50, 100, 200, 300) for a in (1.1, 4.7)]
near_one = [1 - 2.0 ** -k for k in (4, 5, 6, 7, 10, 20, 30, 53)]
middle = grid(0.02, 0.98, 37) + [0.5 - 2.0 ** -30, 0.5 + 2.0 ** -50, 0.075, 0.925]
few = [1.1e-1, 9.7e-2, 4.7e-3, 1.1e-9, 4.7e-15, 1.1e-50, 4.7e-200, 1.1e-300, 1 - 2.0 ** -53,
       0.9, 0.975, 0.9995, 0.5 + 2.0 ** -50, 0.5 - 2.0 ** -20, 0.53, 0.61, 0.2, 0.7512]
degrees = [1, 2, 3, 4, 5, 7, 10, 19, 30, 39, 40, 41, 100, 999, 10 ** 6, 2 ** 31 - 1]
functions = {
    "gamma": [(x, gamma(mpf(x))) for x in
              grid(-170.4, -20, 40) + grid(-20, 0, 60) + grid(0, 20, 60) + grid(20, 170.4, 60)
              + [1e-300, -1e-300, 1e-12, -1e-5, 1e-3, -1 + 2.0 ** -40, -7 - 2.0 ** -40, 12.999, 13, 170.25, 5, 120]],
    "riemannZeta": [(s, zeta(mpf(s))) for s in
                    grid(-20, -1, 57) + grid(-1, 3, 61) + grid(3, 60, 40)
                    + [-20, -19, -2, -1, -1e-9, -1e-300, 0, 1e-9, 0.5, 1 - 2.0 ** -50, 1 + 2.0 ** -50, 1.5, 2, 12, 1e3]],
    "normalCdf": [(x, normal_cdf(x)) for x in
                  grid(-37.5, -5, 66) + grid(-6, 6, 121) + [-5.657, -5.656, -0.6745, -0.6744, 1e-12, 8.2, 38]],
    "normalQuantile": [(p, normal_quantile(p)) for p in tails + near_one + middle],
    "studentQuantile": [(p, n, student_quantile(p, n)) for n in degrees for p in few],
}
lines = [f' "{name}": [\n  ' + ",\n  ".join(json.dumps([*row[:-1], float(row[-1])]) for row in rows) + "\n ]"
         for name, rows in functions.items()]
print("{\n" + ",\n".join(lines) + "\n}")
