"""Paired tests and corrected p-values by SciPy and statsmodels.

    python paired_tests.py > paired_tests.json     (scipy, statsmodels)
"""
import json
import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(14)
pairs = []
for count in [2, 3, 5, 6, 6, 9, 14, 40]:
    for shift in [0.0, 0.5, 4.0]:
        x = rng.normal(shift, 1, count)
        y = rng.normal(0, 0.5, count)
        test = stats.ttest_rel(x, y)
        exact = (
            stats.permutation_test((x - y,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
            if count <= 14 else None
        )
        low, high = test.confidence_interval(0.95)
        pairs.append({
            "x": x.tolist(), "y": y.tolist(), "t": test.statistic, "pValue": test.pvalue,
            "interval": [low, high], "exactPValue": exact,
        })
adjusted = []
for values in [
    rng.uniform(0, 1, 25), rng.uniform(0, 1, 30) ** 6, [0.01, 0.01, 0.2, 0.2, 1.0], [0.04], [0.0, 1e-9, 0.5],
]:
    values = np.asarray(values, float)
    adjusted.append({
        "pValues": values.tolist(),
        "holm": multipletests(values, method="holm")[1].tolist(),
        "benjamini-hochberg": multipletests(values, method="fdr_bh")[1].tolist(),
    })
print(json.dumps({
    "source": f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}; paired_tests.py",
    "pairs": pairs, "adjusted": adjusted,
}, indent=1))
