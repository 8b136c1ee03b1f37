"""Solvers at the same accuracy: each takes the loosest tolerance that is good to one per cent."""
import numpy as np

ACCURACY = 0.01
# Past its transient a flow crawls, and what a step errs by there is path: 1e-4 may be too loose.
TOLERANCES = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6)
REFERENCE = 1e-7


def loosest(solve, reference=None):
    """The tolerance, the reference's answer, and the error at the tolerance, relative to each number."""
    exact = solve(REFERENCE) if reference is None else reference
    for tolerance in TOLERANCES:
        try:
            error = float(np.max(np.abs(solve(tolerance) / exact - 1)))
        except Exception:  # a step too small, or too many of them
            continue
        if error <= ACCURACY:
            return tolerance, exact, error
    raise RuntimeError(f"no tolerance of {TOLERANCES} is good to {ACCURACY}")
