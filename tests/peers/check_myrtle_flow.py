#!/usr/bin/env python3
"""Checks of myrtle_flow.py on a processor, in a minute or two, without CIFAR-10.

    python3 tests/peers/check_myrtle_flow.py
"""

import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch

import myrtle_flow as peer
import peer_networks

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "myrtle_flow.py")


class LinearModel:
    """f = J θ, so that L and the flow have closed forms; as the integrator sees a network."""

    device = torch.device("cpu")

    def __init__(self, jacobian, targets):
        self.jacobian, self.targets = jacobian, targets
        self.start = torch.zeros(jacobian.shape[1], dtype=torch.float64)  # f = 0 there
        self.test_labels = torch.zeros(1)

    def residuals(self, displacement):
        return (self.jacobian @ displacement - self.targets).reshape(-1, 1)

    def velocity(self, displacement):
        r = self.residuals(displacement)
        return -(self.jacobian.T @ r).reshape(-1), r

    def test(self, displacement):
        return torch.zeros((), dtype=torch.float64), torch.zeros((), dtype=torch.float64)

    def kernel_product(self, displacement):
        return lambda v: self.jacobian @ (self.jacobian.T @ v)


def linear_problem(count=200, lowest=1e-1, highest=1e4):
    generator = torch.Generator().manual_seed(5)
    draw = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)
    u, _ = torch.linalg.qr(draw(count, count))
    v, _ = torch.linalg.qr(draw(count, count))
    eigenvalues = torch.logspace(math.log10(lowest), math.log10(highest), count, dtype=torch.float64)
    components = draw(count)
    jacobian = u @ torch.diag(eigenvalues.sqrt()) @ v.T
    return LinearModel(jacobian, u @ components), eigenvalues.numpy(), components.numpy()


def check_order():
    """Twice as many steps divide the error by four; large steps are stable."""
    eigenvalues = torch.logspace(-1, 1, 50, dtype=torch.float64)
    cases = {
        "linear": (lambda y: (-eigenvalues * y, None), lambda t: torch.exp(-eigenvalues * t), 10.0),
        "y' = −y²": (lambda y: (-y * y, None), lambda t: 1 / (1 + t) + 0 * eigenvalues, 2.0),
    }
    for name, (velocity, exact, rho) in cases.items():
        errors = []
        for steps in (64, 128, 256):
            y, h = torch.ones(50, dtype=torch.float64), 1 / steps
            for _ in range(steps):
                y = y + peer.chebyshev_step(velocity, y, velocity(y)[0], h,
                                            max(5, peer.stages(h * rho)))
            errors.append(float((y - exact(1.0)).abs().max()))
        ratios = [a / b for a, b in zip(errors, errors[1:])]
        assert all(3 < ratio < 5.2 for ratio in ratios), (name, errors)
        print(f"order, {name}: errors fall by {ratios[0]:.2f}, {ratios[1]:.2f}")
    # Stable on the whole interval: 200 steps at the largest step that `stages` allows for.
    s, z = 20, (20**2 - 1) / 1.54
    y = torch.ones(2000, dtype=torch.float64)
    spread = torch.linspace(0, 1, 2000, dtype=torch.float64) * z
    for _ in range(200):
        y = y + peer.chebyshev_step(lambda x: (-spread * x, None), y, -spread * y, 1.0, s)
    assert float(y.abs().max()) <= 1 + 1e-9
    print(f"stable with {s} stages up to h λ = {z:.0f}")


def check_arc_length():
    a, b = np.array([1.0, 2.0]), np.array([3.0, -1.0])
    hf0, hf1 = a, a + 2 * b  # p = a x + b x²
    arms = np.stack([hf0, a + b, hf1])
    x = (np.arange(200000) + 0.5) / 200000 * 0.7
    expected = 0.7 * np.linalg.norm(a + 2 * b * x[:, None], axis=1).mean()
    assert abs(peer.arc_length(arms @ arms.T, 0.7) / expected - 1) < 1e-6
    assert np.allclose(peer.cubic(a + b, hf0, hf1, 0.7), 0.7 * a + 0.49 * b)
    print("arc length of a parabola: right")


def check_linear_flow():
    """The whole integrator, eigenvalues and records included, against closed forms."""
    model, lam, delta = linear_problem()
    for tolerance, most in ((0.01, 1e-2), (0.001, 2e-3)):
        flow = peer.Flow(model, horizon=10.0, tolerance=tolerance)
        while not flow.done:
            flow.step()
        t, loss, drop, square, path = np.array(flow.rows)[1:, :5].T
        decay = -np.expm1(-np.outer(t, lam))
        errors = {
            "ΔL": drop / (0.5 * -np.expm1(-2 * np.outer(t, lam)) @ delta**2) - 1,
            "‖D‖²": square / (decay**2 @ (delta**2 / lam)) - 1,
        }
        fine = np.concatenate([[0], np.geomspace(1e-8, 10, 20001)])
        middle, width = (fine[1:] + fine[:-1]) / 2, np.diff(fine)
        speed = np.sqrt(np.exp(-2 * np.outer(middle, lam)) @ (lam * delta**2))
        lengths = np.interp(t, fine[1:], np.cumsum(speed * width))
        errors["l_γ"] = path / lengths - 1
        exact = (0.5 * -np.expm1(-2 * np.outer(t, lam)) @ delta**2) * t / (
            decay**2 @ (delta**2 / lam))
        errors["ι"] = t * drop / square / exact - 1
        largest = {name: float(np.abs(error).max()) for name, error in errors.items()}
        assert max(largest.values()) < most, largest
        assert abs(flow.lambda_max / lam[-1] - 1) < 0.02
        print(f"linear flow, tolerance {tolerance}: {flow.steps} steps, {flow.gradients:.0f} "
              "gradients, largest errors "
              + ", ".join(f"{name} {value:.1e}" for name, value in largest.items()))


def check_loss_left():
    """A run ends with the first row whose loss is as small as was asked."""
    model, lam, delta = linear_problem()
    flow = peer.Flow(model, horizon=10.0, tolerance=0.003, loss_left=0.3)
    while not flow.done:
        flow.step()
    (t0, loss0, *_), (t1, loss1, *_) = flow.rows[-2:]
    most = 0.3 * 0.5 * float(delta @ delta)
    exact = lambda t: 0.5 * float(np.exp(-2 * lam * t) @ delta**2)
    assert loss1 <= most < loss0 and exact(t1) <= 1.01 * most and exact(t0) >= 0.99 * most
    assert t1 in peer.record_times(10.0) and t1 < 10
    print(f"ends at the first row below 0.3 of the loss: time {t1:.3g}")


def check_draws():
    """Known answers of Philox4x32-10 (Random123), and the laws of what is drawn."""
    ones = 0xFFFFFFFF
    words = peer_networks.philox(np.array([[0] * 4], dtype=np.uint64), (0, 0))[0]
    assert [int(w) for w in words] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    words = peer_networks.philox(np.array([[ones] * 4], dtype=np.uint64), (ones, ones))[0]
    assert [int(w) for w in words] == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    x = peer_networks.normals(300001, 3, "networks/parameter 0")
    assert len(x) == 300001 and abs(x.mean()) < 0.01 and abs(x.var() - 1) < 0.01
    assert np.array_equal(x[:7], peer_networks.normals(7, 3, "networks/parameter 0"))
    assert abs(np.corrcoef(x[:1000], peer_networks.normals(1000, 4, "networks/parameter 0"))[0, 1]) < 0.15
    print("draws: Philox's known answers; mean 0, variance 1")


def plain_network(theta, images, channels):
    """The network once more, from [height, width, in, out] weights and [n, h, w, c] images."""
    x, at = images, 0
    c = channels
    for inputs, pool in ((3, 1), (c, 2), (c, 2), (c, 8)):
        w = theta[at:at + 9 * inputs * c].reshape(3, 3, inputs, c)
        at += 9 * inputs * c
        size = x.shape[1]
        padded = torch.zeros(len(x), size + 2, size + 2, inputs, dtype=x.dtype)
        padded[:, 1:-1, 1:-1] = x
        z = sum(padded[:, i:i + size, j:j + size] @ w[i, j] for i in range(3) for j in range(3))
        x = torch.relu(z * math.sqrt(2 / (9 * inputs)))
        if pool > 1:
            x = x.reshape(len(x), size // pool, pool, size // pool, pool, c).mean((2, 4))
    return x.reshape(len(x), c) @ theta[at:].reshape(c, 10) * math.sqrt(2 / c)


def plain_fully_connected(theta, images, width):
    x, at = images.reshape(len(images), -1), 0
    for layer, (inputs, outputs) in enumerate(((3072, width), (width, width), (width, 10))):
        w = theta[at:at + inputs * outputs].reshape(inputs, outputs)
        at += inputs * outputs
        x = torch.einsum("ni,io->no", torch.relu(x) if layer else x, w) * math.sqrt(2 / inputs)
    return x


def check_fully_connected():
    """Gradient and J Jᵀ v in both parametrizations, against the network once more."""
    width, n = 5, 3
    rng = np.random.default_rng(1)
    fans = [3072] * (3072 * width) + [width] * (width * width + 10 * width)
    theta = rng.standard_normal(len(fans))
    images, y = rng.standard_normal((n, 32, 32, 3)), rng.standard_normal((n, 10))
    x = torch.tensor(images)
    for parametrization, std in (("ntk", math.sqrt(2)), ("standard", math.sqrt(2)), ("standard", 0.6)):
        # f(θ) = g(c θ), g with multipliers √(2/fan): in the standard one c takes them away.
        scale = torch.tensor([std / math.sqrt(2) if parametrization == "ntk"
                              else 1 / math.sqrt(2 / fan) for fan in fans])
        leaf = torch.tensor(theta)
        if parametrization == "standard":
            leaf = leaf * torch.tensor([std / math.sqrt(fan) for fan in fans])
        outputs = lambda p: plain_fully_connected(p * scale, x, width)
        jacobian = torch.autograd.functional.jacobian(outputs, leaf).reshape(10 * n, -1)
        residual = (outputs(leaf) - torch.tensor(y)).reshape(-1)
        expected = jacobian.T @ residual
        for dtype, most in ((torch.float64, 3e-7), (torch.float32, 3e-6)):
            model = peer.FullyConnected(
                theta, images, y, images, np.zeros(n), width, chunk=2, dtype=dtype,
                device=torch.device("cpu"), parametrization=parametrization, weight_std=std)
            zero = torch.zeros_like(model.start)
            f, r = model.velocity(zero)
            error = float((-f - expected).norm() / expected.norm())
            assert error < most, error
            assert torch.allclose(r.double().reshape(-1), residual, rtol=1e-4, atol=1e-4)
            v = torch.randn(10 * n, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
            kv = jacobian @ (jacobian.T @ v)
            product_error = float((model.kernel_product(zero)(v) - kv).norm() / kv.norm())
            assert product_error < most, product_error
            print(f"fully connected, {parametrization}, W_std {std:.3g}, {dtype}: gradient "
                  f"{error:.1e}, J Jᵀ v {product_error:.1e}")


def check_standard():
    """Myrtle-5 in the standard parametrization: the same function, its gradient over the multiplier."""
    c, n = 4, 3
    rng = np.random.default_rng(1)
    theta = rng.standard_normal(27 * c + 27 * c * c + 10 * c)
    images, y = rng.standard_normal((n, 32, 32, 3)), rng.standard_normal((n, 10))
    make = lambda parametrization: peer.Myrtle5(
        theta, images, y, images, np.zeros(n), c, device=torch.device("cpu"), dtype=torch.float64,
        parametrization=parametrization, weight_std=0.7)
    ntk, standard = make("ntk"), make("standard")
    zero = torch.zeros_like(ntk.start)
    (f, r), (g, s) = ntk.velocity(zero), standard.velocity(zero)
    assert float((r - s).norm() / r.norm()) < 1e-6 and bool((standard.multiplier == 1).all())
    error = float((f / ntk.multiplier - g).norm() / g.norm())
    assert error < 1e-6
    print(f"standard parametrization: gradient {error:.1e}")


def check_network():
    c, n = 4, 3
    rng = np.random.default_rng(1)
    theta = rng.standard_normal(27 * c + 27 * c * c + 10 * c)
    images, y = rng.standard_normal((n, 32, 32, 3)), rng.standard_normal((n, 10))
    leaf = torch.tensor(theta, requires_grad=True)
    x = torch.tensor(images)
    residual = plain_network(leaf, x, c) - torch.tensor(y)
    expected, = torch.autograd.grad(0.5 * residual.square().sum(), leaf)
    jacobian = torch.autograd.functional.jacobian(lambda p: plain_network(p, x, c), leaf.detach())
    jacobian = jacobian.reshape(10 * n, -1)
    order = peer.Myrtle5(np.arange(len(theta)), images, y, images, np.zeros(n), c,
                         device=torch.device("cpu"), dtype=torch.float64).start.long()
    for layout in ("contiguous", "channels_last"):
        for dtype, most in ((torch.float64, 1e-12), (torch.float32, 3e-6)):
            model = peer.Myrtle5(theta, images, y, images, np.zeros(n), c, chunk=2, layout=layout,
                                 device=torch.device("cpu"), dtype=dtype)
            f, r = model.velocity(torch.zeros_like(model.start))
            error = float((-f - expected[order]).norm() / expected.norm())
            assert error < most and torch.allclose(r.double(), residual.detach(), rtol=1e-4, atol=1e-4)
            v = torch.randn(10 * n, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
            product = model.kernel_product(torch.zeros_like(model.start))
            kv = jacobian @ (jacobian.T @ v)
            product_error = float((product(v) - kv).norm() / kv.norm())
            assert product_error < most
            value, _ = peer.largest_eigenvalue(product, v, 12)
            exact = float(torch.linalg.eigvalsh(jacobian @ jacobian.T)[-1])
            assert abs(value / exact - 1) < 1e-3
            print(f"network, {layout}, {dtype}: gradient {error:.1e}, J Jᵀ v {product_error:.1e}, "
                  f"λ_max {abs(value / exact - 1):.1e}")


def made_start(folder, channels=4, n=20, test=10):
    rng = np.random.default_rng(3)
    count = 27 * channels + 27 * channels**2 + 10 * channels
    labels = rng.integers(0, 10, n)
    arrays = {
        "images.npy": rng.integers(0, 256, (n, 32, 32, 3), dtype=np.uint8),
        "targets.npy": (np.eye(10)[labels] - 0.1).astype(np.float32),
        "test-images.npy": rng.integers(0, 256, (test, 32, 32, 3), dtype=np.uint8),
        "test-labels.npy": rng.integers(0, 10, test).astype(np.uint8),
        f"weights-{channels}-0.npy": rng.standard_normal(count).astype(np.float32),
    }
    hashes = {}
    for name, array in arrays.items():
        np.save(os.path.join(folder, name), array)
        with open(os.path.join(folder, name), "rb") as file:
            hashes[name] = hashlib.sha256(file.read()).hexdigest()
    description = {"normalization": {"means": [0.5] * 3, "deviations": [0.25] * 3}, "sha256": hashes}
    with open(os.path.join(folder, "start.json"), "w", encoding="utf-8") as file:
        json.dump(description, file)


def run(start, output, *more, wait=True):
    command = [sys.executable, PROGRAM, "--start", start, "--output", output, "--channels", "4",
               "--n", "20", "--device", "cpu", "--threads", "1", "--horizon", "2", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return process if not wait else (process.communicate()[0], process.returncode)


def check_resuming():
    with tempfile.TemporaryDirectory() as folder:
        start, whole, cut = (os.path.join(folder, name) for name in ("start", "whole", "cut"))
        os.mkdir(start)
        made_start(start)
        text, status = run(start, whole)
        assert status == 0 and "1 of 1 recordings" in text, text
        read = lambda place: open(os.path.join(place, "myrtle_5_4_n20_tau2_seed0.csv"), "rb").read()
        process = run(start, cut, "--save-every", "0.01", wait=False)
        checkpoint = os.path.join(cut, "myrtle_5_4_n20_tau2_seed0.checkpoint.npz")
        while not os.path.exists(checkpoint):
            time.sleep(0.02)
        time.sleep(0.2)
        process.kill()  # no chance to save
        process.wait()
        assert os.path.exists(checkpoint)
        process = run(start, cut, "--show-every", "0.001", wait=False)
        for line in process.stdout:
            if "steps" in line:
                process.terminate()
                break
        process.stdout.read()
        assert process.wait() == 143 and os.path.exists(checkpoint)
        calls = 0
        while not os.path.exists(os.path.join(cut, "myrtle_5_4_n20_tau2_seed0.json")):
            text, status = run(start, cut, "--seconds", "2")
            calls += 1
            assert status == 0 and calls < 60, text
        assert not os.path.exists(checkpoint) and os.listdir(cut) and read(whole) == read(cut)
        print(f"killed, ended by SIGTERM, then {calls} calls of 2 s: the same recording, byte for byte")
        text, status = run(start, cut)
        assert status == 0 and "is there" in text
        for more, words in (
            (("--tolerance", "0.02"), "another configuration"),
            (("--seed", "7"), "no weights-4-7.npy"),
            (("--n", "21"), "n is 21"), (("--tolerance", "2"), "below 1"),
            (("--runs", "4:x:0"), "4:x:0"), (("--runs", "resnet-4:20:0"), "resnet is none of"),
            (("--runs", "4:20:0:until=3"), "until is none of"),
            (("--runs", "4:20:0:loss-left=-1"), "loss-left is -1"),
        ):
            text, status = run(start, cut, *more)
            assert status == 2 and words in text and "Traceback" not in text, text
        print("wrong use: a sentence and status 2")
        shared = ("--runs", "4:20:0:horizon=1e6", "--claim", "--seconds", "10")
        text, status = run(start, cut, *shared)
        assert status == 0 and "0 of 1" in text and "1 taken here" in text, text
        text, status = run(start, cut, *shared)
        assert status == 0 and "0 of 1" in text and "0 taken here" in text, text
        text, status = run(start, cut, "--runs", "4:20:0:horizon=1e6", "--finish")
        assert status == 0 and "rows" in text, text
        print("two processes share a list; what was cut off is written as far as it came")


if __name__ == "__main__":
    torch.set_num_threads(1)
    check_order()
    check_arc_length()
    check_linear_flow()
    check_loss_left()
    check_draws()
    check_network()
    check_fully_connected()
    check_standard()
    check_resuming()
    print("all checks passed")
