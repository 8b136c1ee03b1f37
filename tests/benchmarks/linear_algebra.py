"""The same problems by SciPy and NumPy, for ratios in the same minutes; prints one JSON line."""
import json, sys, time
import numpy as np
import scipy.linalg

n = int(sys.argv[1])
g = np.random.default_rng(0).standard_normal((n, n))
a = g @ g.T
scipy.linalg.eigh(np.eye(2))


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


print(json.dumps({
    "scipyEigh": seconds(lambda: scipy.linalg.eigh(a)),
    "numpyEigh": seconds(lambda: np.linalg.eigh(a)),
    "scipyValues": seconds(lambda: scipy.linalg.eigvalsh(a)),
    "numpyProduct": seconds(lambda: a @ g),
}))
