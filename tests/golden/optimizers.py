"""Reference weights of tests/dynamics/training/optimizers_test.ts: python optimizers.py > optimizers.json

PyTorch's own optimizers (version in the JSON) in float64 from given weights, on
L = 1/2 sum |f(x) - y|^2 of a network 5-8-3 with ReLU and no biases, dense weights [in, out]. With
minibatches the loss of a batch is its sum times n/B, and the order of each epoch is given; the last
batch of an epoch is short (12 images by 5: 5, 5, 2).
"""
import json
import platform
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
N, WIDTHS, STEPS, BATCH = 12, [5, 8, 3], 200, 5
rng = np.random.default_rng(20)
# All inputs are float32 numbers, so that both programs start from the same ones.
draw = lambda *shape: rng.standard_normal(shape).astype(np.float32).astype(np.float64)
images, targets = draw(N, WIDTHS[0]), draw(N, WIDTHS[2])
weights = [draw(a, b) * 0.5 for a, b in zip(WIDTHS, WIDTHS[1:])]
epochs = -(-STEPS // -(-N // BATCH))
orders = [rng.permutation(N).tolist() for _ in range(epochs)]

OPTIMIZERS = {
    "gradient-descent": (0.002, {}, lambda p, lr: torch.optim.SGD(p, lr=lr)),
    "heavy-ball": (0.001, {"momentum": 0.8}, lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.8)),
    "nesterov": (
        0.001,
        {"momentum": 0.8},
        lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.8, nesterov=True),
    ),
    "rmsprop": (0.01, {}, lambda p, lr: torch.optim.RMSprop(p, lr=lr)),
    "adam": (0.02, {}, lambda p, lr: torch.optim.Adam(p, lr=lr)),
}


def run(name, batches):
    rate, options, make = OPTIMIZERS[name]
    parameters = [torch.tensor(w, requires_grad=True) for w in weights]
    optimizer = make(parameters, rate)
    x, y = torch.tensor(images), torch.tensor(targets)

    def loss_of(indices):
        outputs = torch.relu(x[indices] @ parameters[0]) @ parameters[1]
        return 0.5 * ((outputs - y[indices]) ** 2).sum()

    everything = list(range(N))
    losses = [loss_of(everything).item()]
    for step in range(STEPS):
        if batches:
            per_epoch = -(-N // BATCH)
            start = step % per_epoch * BATCH
            indices = orders[step // per_epoch][start : start + BATCH]
        else:
            indices = everything
        optimizer.zero_grad()
        (loss_of(indices) * N / len(indices)).backward()
        optimizer.step()
        losses.append(loss_of(everything).item())
    return {
        "optimizer": name,
        "learningRate": rate,
        **options,
        **({"batchSize": BATCH} if batches else {}),
        "losses": losses,
        "weights": [p.detach().numpy().ravel().tolist() for p in parameters],
    }


print(
    json.dumps(
        {
            "source": "tests/golden/optimizers.py",
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "dtype": "float64",
            "widths": WIDTHS,
            "steps": STEPS,
            "images": images.ravel().tolist(),
            "targets": targets.ravel().tolist(),
            "weights": [w.ravel().tolist() for w in weights],
            "orders": orders,
            "runs": [run(name, batches) for name in OPTIMIZERS for batches in (False, True)],
        },
        indent=None,
    )
)
