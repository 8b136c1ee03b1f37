"""Reference values of tests/ntk/infinite_test.ts: Myrtle-5's infinite-width kernels by
neural-tangents 0.6 (jax 0.4.23, float64), for images sin(0.3 j) rounded to float32.

    python infinite_myrtle.py > infinite_myrtle.json
"""
import json

import jax

jax.config.update("jax_enable_x64", True)
import numpy as np
from neural_tangents import stax


def convolution():
    return [stax.Conv(1, (3, 3), padding="SAME", W_std=2**0.5, b_std=None), stax.Relu()]


def pool():
    return stax.AvgPool((2, 2), strides=(2, 2), padding="VALID")


_, _, kernel = stax.serial(
    *convolution(), *convolution(), pool(), *convolution(), pool(), *convolution(), pool(), pool(), pool(),
    stax.Flatten(), stax.Dense(1, W_std=2**0.5, b_std=None),
)
n = 2
x = np.sin(0.3 * np.arange(n * 3072)).astype(np.float32).astype(np.float64).reshape(n, 32, 32, 3)
both = kernel(x, None, ("nngp", "ntk"))
nngp, ntk = (np.asarray(both.nngp), np.asarray(both.ntk))
print(json.dumps({"nngp": nngp.tolist(), "ntk": ntk.tolist()}))
