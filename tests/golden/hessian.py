"""Reference of hessian_test.ts, top_curvature_test.ts and gradient_noise_test.ts in
tests/dynamics/training: python hessian.py > hessian.json

PyTorch's autograd, twice (version in the JSON), in float64: H v, J^T J v, the largest eigenvalues of H
and J^T J, |grad L|^2 and tr C, C the covariance of n grad L_mu over samples, of L = 1/2 sum |f - y|^2
for networks of this library's layout (dense weights [in, out], convolution weights [height, width,
in, out], NHWC), with images, targets, weights and v made by `numbers`, rounded to float32.
"""
import json
import math
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
GELU = lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def numbers(count, salt):
    i = np.arange(count, dtype=np.float64)
    return torch.tensor(np.sin(1.3 * i + 0.01 * i * (i % 7) + salt).astype(np.float32).astype(np.float64))


def fully_connected(widths, activation, std, bias):
    shapes = [s for a, b in zip(widths, widths[1:]) for s in ([a, b], [b])]

    def f(x, weights):
        for layer in range(len(widths) - 1):
            w, b = weights[2 * layer], weights[2 * layer + 1]
            if layer > 0:
                x = activation(x)
            x = x @ w * (std / math.sqrt(widths[layer])) + bias * b
        return x

    return shapes, f, [widths[0]], widths[-1]


def myrtle5(channels, std, bias):
    shapes = []
    for inputs in [3, channels, channels, channels]:
        shapes += [[3, 3, inputs, channels], [channels]]
    shapes += [[channels, 10], [10]]

    def f(x, weights):
        x = x.permute(0, 3, 1, 2)
        for layer in range(4):
            w, b = weights[2 * layer], weights[2 * layer + 1]
            fan_in = w.shape[0] * w.shape[1] * w.shape[2]
            kernel = w.permute(3, 2, 0, 1) * (std / math.sqrt(fan_in))
            x = torch.nn.functional.conv2d(x, kernel, padding=1)
            x = torch.relu(x + bias * b[None, :, None, None])
            if layer > 0:
                x = torch.nn.functional.avg_pool2d(x, 8 if layer == 3 else 2)
        return x.flatten(1) @ weights[8] * (std / math.sqrt(channels)) + bias * weights[9]

    return shapes, f, [32, 32, 3], 10


def antisymmetric(network):
    shapes, f, image, outputs = network
    half = len(shapes)
    both = lambda x, w: (f(x, w[:half]) - f(x, w[half:])) / math.sqrt(2)
    return shapes + shapes, both, image, outputs


def scaled(network, a):
    shapes, f, image, outputs = network
    return shapes, lambda x, w: a * f(x, w), image, outputs


CASES = {
    "gelu": (5, fully_connected([6, 9, 7, 3], GELU, 1.3, 0.3)),
    "erf": (5, fully_connected([6, 9, 7, 3], torch.erf, 1.3, 0.3)),
    "relu": (5, fully_connected([6, 9, 7, 3], torch.relu, 1.3, 0.3)),
    "antisymmetric gelu": (5, antisymmetric(fully_connected([6, 5, 3], GELU, 1.3, 0.3))),
    "scaled erf": (5, scaled(fully_connected([6, 5, 3], torch.erf, 1.3, 0.3), 3)),
    "Myrtle-5": (2, myrtle5(2, 1.3, 0.3)),
}


def run(n, network):
    shapes, f, image, outputs = network
    x = numbers(n * math.prod(image), 1).reshape(n, *image)
    y = numbers(n * outputs, 2).reshape(n, outputs)
    sizes = [math.prod(s) for s in shapes]
    cut = lambda flat: [p.reshape(s) for p, s in zip(torch.split(flat, sizes), shapes)]
    theta, v = numbers(sum(sizes), 3), numbers(sum(sizes), 4)
    loss = lambda flat: 0.5 * ((f(x, cut(flat)) - y) ** 2).sum()
    _, product = torch.autograd.functional.hvp(loss, theta, v)
    map_ = lambda flat: f(x, cut(flat))
    _, jv = torch.autograd.functional.jvp(map_, theta, v)
    _, gauss_newton = torch.autograd.functional.vjp(map_, theta, jv)
    products = {"product": product.tolist(), "gaussNewton": gauss_newton.tolist()}
    hessian = torch.autograd.functional.hessian(loss, theta)
    jacobian = torch.autograd.functional.jacobian(map_, theta).reshape(-1, sum(sizes))
    residue = (map_(theta) - y).reshape(n, 1, outputs)
    single = n * (residue @ jacobian.reshape(n, outputs, -1)).squeeze(1)
    return {
        "top": torch.linalg.eigvalsh(hessian)[-1].item(),
        "topGaussNewton": torch.linalg.eigvalsh(jacobian.T @ jacobian)[-1].item(),
        "gradientSquared": (single.mean(0) ** 2).sum().item(),
        "covarianceTrace": single.var(0, correction=0).sum().item(),
        **products,
    }

print(json.dumps({"torch": torch.__version__, "cases": {k: run(*c) for k, c in CASES.items()}}))
