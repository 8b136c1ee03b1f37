"""Reference values of tests/ntk/empirical_test.ts: float64 kernels by PyTorch 2.13's autograd.

    python empirical_ntk.py > empirical_ntk.json

Weights and images come from a formula that both sides compute: value j of tensor i is
sin(0.7 j + i) (weights) and sin(0.3 j) (images), rounded to float32.
"""
import json
import math

import torch

torch.set_default_dtype(torch.float64)


def values(shape, frequency, phase):
    j = torch.arange(math.prod(shape))
    return torch.sin(frequency * j + phase).float().double().reshape(shape)


def kernel(forward, parameters, images, outputs=10):
    rows = []
    for image in images:
        f = forward(image[None])[0]
        for o in range(outputs):
            grads = torch.autograd.grad(f[o], parameters, retain_graph=True)
            rows.append(torch.cat([g.reshape(-1) for g in grads]))
    jacobian = torch.stack(rows)
    return jacobian @ jacobian.T


def fully_connected(biases):
    shapes = [[12, 7], [7, 5], [5, 10]]
    names = []
    for a, b in shapes:
        names.append([a, b])
        if biases:
            names.append([b])
    parameters = [values(s, 0.7, i).requires_grad_() for i, s in enumerate(names)]
    images = values([3, 12], 0.3, 0.0)

    def forward(x):
        step = 2 if biases else 1
        for layer in range(3):
            w = parameters[layer * step]
            x = x @ w * math.sqrt(2 / w.shape[0])
            if biases:
                x = x + 0.3 * parameters[layer * step + 1]
            if layer < 2:
                x = torch.relu(x)
        return x

    return kernel(forward, parameters, images)


def myrtle(channels=3):
    widths = [3] + [channels] * 4
    shapes = [[3, 3, widths[i], widths[i + 1]] for i in range(4)] + [[channels, 10]]
    parameters = [values(s, 0.7, i).requires_grad_() for i, s in enumerate(shapes)]
    images = values([2, 32, 32, 3], 0.3, 0.0)

    def convolution(x, w):
        scale = math.sqrt(2 / (9 * w.shape[2]))
        return torch.relu(torch.conv2d(x, w.permute(3, 2, 0, 1), padding=1) * scale)

    def forward(x):
        x = x.permute(0, 3, 1, 2)
        x = convolution(convolution(x, parameters[0]), parameters[1])
        x = torch.nn.functional.avg_pool2d(x, 2)
        x = torch.nn.functional.avg_pool2d(convolution(x, parameters[2]), 2)
        x = convolution(x, parameters[3])
        for _ in range(3):
            x = torch.nn.functional.avg_pool2d(x, 2)
        return x.reshape(1, -1) @ parameters[4] * math.sqrt(2 / channels)

    return kernel(forward, parameters, images)


print(json.dumps({
    "fully connected": fully_connected(False).tolist(),
    "fully connected with biases": fully_connected(True).tolist(),
    "myrtle-5": myrtle().tolist(),
}))
