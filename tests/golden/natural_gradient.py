"""Reference of tests/ntk/natural_gradient_test.ts: python natural_gradient.py > natural_gradient.json

-J^T (K + eps I)^-1 r of a network 5-8-3 with ReLU and no biases (dense weights [in, out]) in float64,
J by PyTorch's autograd, row by row; eps = damping tr K/(n outputs).
"""
import json
import platform
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
N, WIDTHS = 4, [5, 8, 3]
rng = np.random.default_rng(11)
# All inputs are float32 numbers, so that both programs start from the same ones.
draw = lambda *shape: rng.standard_normal(shape).astype(np.float32).astype(np.float64)
images, targets = draw(N, WIDTHS[0]), draw(N, WIDTHS[2])
weights = [draw(a, b) * 0.5 for a, b in zip(WIDTHS, WIDTHS[1:])]
parameters = [torch.tensor(w, requires_grad=True) for w in weights]
x, y = torch.tensor(images), torch.tensor(targets)
outputs = torch.relu(x @ parameters[0]) @ parameters[1]
rows = [
    torch.cat([g.ravel() for g in torch.autograd.grad(f, parameters, retain_graph=True)])
    for f in outputs.ravel()
]
jacobian = torch.stack(rows)
kernel = jacobian @ jacobian.T
residue = (outputs - y).ravel().detach()


def direction(damping):
    eps = damping * torch.trace(kernel) / len(kernel)
    dual = torch.linalg.solve(kernel + eps * torch.eye(len(kernel)), residue)
    step = -jacobian.T @ dual
    gradient = jacobian.T @ residue
    # The other side of the identity: (J^T J + eps I)^-1 grad L.
    gram = jacobian.T @ jacobian + eps * torch.eye(jacobian.shape[1])
    assert torch.allclose(step, -torch.linalg.solve(gram, gradient), rtol=1e-7, atol=1e-9)
    return {"damping": damping, "along": float(gradient @ step), "direction": step.tolist()}


print(
    json.dumps(
        {
            "source": "tests/golden/natural_gradient.py",
            "torch": torch.__version__,
            "python": platform.python_version(),
            "dtype": "float64",
            "widths": WIDTHS,
            "images": images.ravel().tolist(),
            "targets": targets.ravel().tolist(),
            "weights": [w.ravel().tolist() for w in weights],
            "loss": float(residue @ residue / 2),
            "runs": [direction(damping) for damping in (1e-1, 1e-2, 1e-3)],
        }
    )
)
