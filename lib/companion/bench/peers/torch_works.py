"""PyTorch and torchdiffeq: gradients and products with the Jacobian in channels_last, kernels by
torch.func, flows."""
import numpy as np
import torch
import torch.nn.functional as F
from torch.func import functional_call, jacrev, jvp, vmap
from torchdiffeq import odeint

from flow_accuracy import loosest
from starts import import_of
from work import Work, versions_of, weights


def versions():
    return {**versions_of("torch", "torchdiffeq"), "threads": str(torch.get_num_threads())}


def myrtle(channels):
    conv = lambda i: torch.nn.Conv2d(i, channels, 3, padding=1, bias=False)
    relu, pool = torch.nn.ReLU, torch.nn.AvgPool2d
    return torch.nn.Sequential(
        conv(3), relu(), conv(channels), relu(), pool(2), conv(channels), relu(), pool(2),
        conv(channels), relu(), pool(8), torch.nn.Flatten(),
        torch.nn.Linear(channels, 10, bias=False),
    )


def fcn(shapes):
    layers = [torch.nn.Flatten()]
    for into, out in shapes:
        layers += [torch.nn.Linear(into, out, bias=False), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def to_torch(weight):
    """Ours [h, w, in, out] or [in, out] as PyTorch has it."""
    order = (3, 2, 0, 1) if weight.ndim == 4 else (1, 0)
    return torch.from_numpy(np.ascontiguousarray(weight.transpose(order)))


def to_ours(weight):
    order = (2, 3, 1, 0) if weight.ndim == 4 else (1, 0)
    return weight.detach().permute(order).contiguous().numpy().ravel()


def network_of(arrays):
    """The network of our weights, and the images as PyTorch wants them for most speed."""
    theta = weights(arrays)
    images = torch.from_numpy(arrays["images"]).permute(0, 3, 1, 2)
    if theta[0].ndim == 4:
        net = myrtle(theta[0].shape[-1])
    else:
        # Our pixels are in the order height, width, channel.
        net = fcn([weight.shape for weight in theta])
        images = torch.from_numpy(arrays["images"]).reshape(len(images), -1)
    with torch.no_grad():
        for parameter, weight in zip(net.parameters(), theta):
            parameter.copy_(to_torch(weight))
    if theta[0].ndim == 4:
        net = net.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    return net, images


# Images at a time, so that memory does not grow with all of them.
BATCH = 100


def batches(images):
    return [slice(i, i + BATCH) for i in range(0, len(images), BATCH)]


def flat(parts):
    return np.concatenate([to_ours(part) for part in parts])


def gradient(_, arrays):
    net, images = network_of(arrays)
    targets = torch.from_numpy(arrays["targets"])

    def run():
        net.zero_grad()
        for part in batches(images):
            (0.5 * (net(images[part]) - targets[part]) ** 2).sum().backward()
        return [parameter.grad for parameter in net.parameters()]

    return Work(run, flat)


def vjp(_, arrays):
    net, images = network_of(arrays)
    cotangents = torch.from_numpy(arrays["cotangents"])

    def run():
        net.zero_grad()
        for part in batches(images):
            net(images[part]).backward(cotangents[part])
        return [parameter.grad for parameter in net.parameters()]

    return Work(run, flat)


def forward_mode(_, arrays):
    net, images = network_of(arrays)
    theta = {name: parameter.detach() for name, parameter in net.named_parameters()}
    tangents = dict(zip(theta, map(to_torch, weights(arrays, "tangent"))))

    @torch.no_grad()
    def run():
        return torch.cat([
            jvp(lambda p: functional_call(net, p, (images[part],)), (theta,), (tangents,))[1]
            for part in batches(images)
        ])

    return Work(run, lambda outputs: outputs.numpy())


def one_image(theta):
    """f of one image in the ntk parametrization, and the weights as torch.func takes them."""
    scales = [(2 / np.prod(weight.shape[:-1])) ** 0.5 for weight in theta]
    parameters = [to_torch(weight) for weight in theta]

    def dense(parameters, image):
        x = image.reshape(-1)
        for i, weight in enumerate(parameters):
            x = F.linear(x if i == 0 else F.relu(x), weight * scales[i])
        return x

    def convolutional(parameters, image):
        x = image.permute(2, 0, 1)[None]
        for i, pool in enumerate((0, 2, 2, 8)):
            x = F.relu(F.conv2d(x, parameters[i] * scales[i], padding=1))
            x = F.avg_pool2d(x, pool) if pool else x
        return F.linear(x.reshape(-1), parameters[4] * scales[4])

    return (convolutional if theta[0].ndim == 4 else dense), parameters


def trace_kernel(_, arrays):
    f, parameters = one_image(weights(arrays))
    images = torch.from_numpy(arrays["images"])
    n = len(images)

    def run():
        # Output by output, lest the whole Jacobian be held.
        total = torch.zeros(n, n)
        for output in range(10):
            parts = vmap(jacrev(lambda p, image: f(p, image)[output]), (None, 0))(parameters, images)
            for part in parts:
                rows = part.reshape(n, -1)
                total += rows @ rows.T
        return total

    return Work(run, lambda kernel: kernel.numpy())


def full_kernel(_, arrays):
    f, parameters = one_image(weights(arrays))
    images = torch.from_numpy(arrays["images"])

    def run():
        parts = vmap(jacrev(f), (None, 0))(parameters, images)
        rows = [part.reshape(len(images) * 10, -1) for part in parts]
        return sum(row @ row.T for row in rows)

    return Work(run, lambda kernel: kernel.numpy())


def sgemm(_, arrays):
    a, b = torch.from_numpy(arrays["a"]), torch.from_numpy(arrays["b"])
    return Work(lambda: a @ b, lambda product: product.numpy())


def flow(_, arrays):
    """Gradient flow by Dormand and Prince's method, path length carried along."""
    theta = weights(arrays)
    images, targets = [torch.from_numpy(arrays[name]).double() for name in ("images", "targets")]
    start = torch.cat([torch.from_numpy(weight).double().ravel() for weight in theta])
    sizes, shapes = [weight.size for weight in theta], [weight.shape for weight in theta]
    horizon = float(arrays["horizon"][0])

    def loss(flat_theta):
        x = images
        for i, part in enumerate(flat_theta.split(sizes)):
            x = (x if i == 0 else F.gelu(x)) @ part.reshape(shapes[i])
        return 0.5 * ((x - targets) ** 2).sum()

    def velocity(_, state):
        with torch.enable_grad():
            at = state[:-1].detach().requires_grad_()
            (g,) = torch.autograd.grad(loss(at), at)
        return torch.cat([-g, g.norm()[None]])

    @torch.no_grad()
    def solve(rtol):
        times = torch.tensor([0.0, horizon], dtype=torch.float64)
        state = torch.cat([start, torch.zeros(1, dtype=torch.float64)])
        end = odeint(velocity, state, times, rtol=rtol, atol=rtol * 1e-2, method="dopri5")[-1]
        moved = end[:-1] - start
        return np.array([
            float(loss(start) - loss(end[:-1])), float(moved @ moved), float(end[-1])
        ])

    rtol, reference, error = loosest(solve)
    return Work(lambda: solve(rtol), lambda _: reference, {"rtol": rtol, "error": error})


WORKS = {
    "gradient": gradient,
    "vjp": vjp,
    "jvp": forward_mode,
    "trace": trace_kernel,
    "full": full_kernel,
    "sgemm": sgemm,
    "flow": flow,
    "import": import_of("torch"),
}
