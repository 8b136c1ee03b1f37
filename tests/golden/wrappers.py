"""Reference values of tests/networks/wrappers_golden_test.ts: scaled, centred and antisymmetric networks,
and the flows of their linearizations, by jax 0.4.23 and scipy in float64.

    python wrappers.py > wrappers.json

Weights and images come from formulas that both sides compute, with q = j (j + 3): value j of tensor i is
sin(0.7 q + i + phase) (weights; phase 0 and 0.5 for two sets of them), sin(0.3 q) (images) and
sin(1.1 q + 0.2) (targets), rounded to float32. Kernels are J J^T of jax's Jacobians. The linearized
flow is the exponential of the matrix of the weights' own motion, (theta, 1)' = A (theta, 1): no kernel
and no eigenvectors are in it.
"""
import json
import math

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from scipy.linalg import expm

A, KEPT = 30.0, 0.25
TIMES = [0.02, 2.0, 200.0]


def values(shape, frequency, phase):
    j = np.arange(math.prod(shape))
    return np.sin(frequency * j * (j + 3) + phase).astype(np.float32).astype(np.float64).reshape(shape)


def fully_connected():
    shapes = [[12, 9], [9], [9, 7], [7], [7, 3], [3]]

    def forward(parameters, x):
        for layer in range(3):
            w, b = parameters[2 * layer], parameters[2 * layer + 1]
            x = x @ w * math.sqrt(2 / w.shape[0]) + 0.3 * b
            x = jnp.maximum(x, 0) if layer < 2 else x
        return x

    return forward, shapes, values([4, 12], 0.3, 0.0), 3


def myrtle(channels=3):
    widths = [3] + [channels] * 4
    shapes = [[3, 3, widths[i], widths[i + 1]] for i in range(4)] + [[channels, 10]]

    def convolution(x, w):
        scale = math.sqrt(2 / (9 * w.shape[2]))
        y = jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        return jnp.maximum(scale * y, 0)

    def pool(x):
        n, h, w, c = x.shape
        return x.reshape(n, h // 2, 2, w // 2, 2, c).mean(axis=(2, 4))

    def forward(parameters, x):
        x = pool(convolution(convolution(x, parameters[0]), parameters[1]))
        x = pool(convolution(x, parameters[2]))
        x = pool(pool(pool(convolution(x, parameters[3]))))
        return x.reshape(x.shape[0], -1) @ parameters[4] * math.sqrt(2 / channels)

    return forward, shapes, values([2, 32, 32, 3], 0.3, 0.0), 10


def case(forward, shapes, images, outputs):
    sizes = [math.prod(shape) for shape in shapes]
    count = sum(sizes)

    def unflat(theta):
        parts = jnp.split(theta, np.cumsum(sizes)[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, shapes)]

    one, other = [
        np.concatenate([values(shape, 0.7, i + phase).ravel() for i, shape in enumerate(shapes)])
        for phase in (0.0, 0.5)
    ]
    y = values([len(images), outputs], 1.1, 0.2).ravel()
    f = lambda theta: forward(unflat(theta), images).ravel()
    there = f(other)
    networks = {
        "scaled": (lambda t: A * f(t), one),
        # f_0 is that of the other weights, so that it is not what f is.
        "centred": (lambda t: f(t) - (1 - KEPT) * there, one),
        "scaled and centred": (lambda t: A * (f(t) - (1 - KEPT) * f(one)), one),
        "antisymmetric": (
            lambda t: (f(t[:count]) - f(t[count:])) / math.sqrt(2),
            np.concatenate([one, other]),
        ),
    }

    def of(name):
        g, theta = networks[name]
        start, jacobian = np.asarray(g(theta)), np.asarray(jax.jacrev(g)(theta))
        scale = 1 / A**2 if name.startswith("scaled") else 1.0
        size = len(theta)
        motion = np.zeros((size + 1, size + 1))
        motion[:size, :size] = -scale * jacobian.T @ jacobian
        motion[:size, size] = scale * jacobian.T @ (y - start)
        loss = lambda change: scale * 0.5 * np.sum((start + jacobian @ change - y) ** 2)
        flow = []
        for time in TIMES:
            change = expm(motion * time)[:size, size]
            drop = loss(np.zeros(size)) - loss(change)
            flow.append({"time": time, "lossDrop": drop, "displacementSquared": np.sum(change**2)})
        return {
            "outputs": start.tolist(),
            "kernel": np.round(jacobian @ jacobian.T, 9).tolist(),
            "flow": flow,
        }

    return {name: of(name) for name in networks}


print(json.dumps({
    "a": A,
    "kept": KEPT,
    "fully connected": case(*fully_connected()),
    "myrtle-5": case(*myrtle()),
}))
