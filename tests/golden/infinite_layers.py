"""Reference values of tests/ntk/infinite_layers_test.ts: infinite-width kernels by neural-tangents
0.6.5 (jax 0.4.23, float64), for images sin(0.3 j) rounded to float32.

    python infinite_layers.py > infinite_layers.json

Myrtle-7 and Myrtle-10 as in its examples; fully connected with gelu and biases; and a small
convolutional network of erf and gelu whose pixels are not all pooled, with windows of 3 and 5.
"""
import json

import jax

jax.config.update("jax_enable_x64", True)
import numpy as np
from neural_tangents import stax


def images(*shape):
    count = int(np.prod(shape))
    return np.sin(0.3 * np.arange(count)).astype(np.float32).astype(np.float64).reshape(shape)


def kernels(layers, x):
    _, _, kernel = stax.serial(*layers)
    both = kernel(x, None, ("nngp", "ntk"))
    return {"nngp": np.asarray(both.nngp).tolist(), "ntk": np.asarray(both.ntk).tolist()}


def pool():
    return stax.AvgPool((2, 2), strides=(2, 2), padding="VALID")


def myrtle(each):
    def block():
        conv = lambda: stax.Conv(1, (3, 3), padding="SAME", W_std=2**0.5, b_std=None)
        return [layer for _ in range(each) for layer in (conv(), stax.Relu())]

    dense = stax.Dense(1, W_std=2**0.5, b_std=None)
    layers = [*block(), pool(), *block(), pool(), *block(), pool(), pool(), pool()]
    return [*layers, stax.Flatten(), dense]


def dense():
    return stax.Dense(1, W_std=1.5, b_std=0.3)


def conv(size):
    return stax.Conv(1, (size, size), padding="SAME", W_std=1.5, b_std=0.3)


small = [conv(3), stax.Erf(), conv(5), stax.Gelu(), pool(), conv(3), stax.Relu(), stax.Flatten(), dense()]
print(json.dumps({
    "gelu": kernels([dense(), stax.Gelu(), dense(), stax.Gelu(), dense()], images(3, 12)),
    "small": kernels(small, images(2, 8, 8, 3)),
    "myrtle-7": kernels(myrtle(2), images(2, 32, 32, 3)),
    "myrtle-10": kernels(myrtle(3), images(2, 32, 32, 3)),
}))
