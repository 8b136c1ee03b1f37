#!/usr/bin/env python3
"""Gradient flow on CIFAR-10 in PyTorch: a second program beside the one in lib/.

It integrates θ' = −∇L, L = ½ Σ ‖f(x) − y‖² (a sum over images and outputs), by a stabilized
Runge–Kutta–Chebyshev method of second order with error control, in float32 with displacement and
sums in float64, and records loss, displacement and path length: `deno task measure FILE` reads them.

Written on its own from the formulas: Sommeijer, Shampine, Verwer, "RKC: an explicit solver for
parabolic PDEs" (1998). Nothing is shared with lib/ but the start, which export_start.ts writes.

    python3 myrtle_flow.py --start FOLDER --output FOLDER --channels 128 --n 500 --seed 0
    python3 myrtle_flow.py --start FOLDER --output FOLDER --runs 16:100:3,16:100:3:1e-6,128:500:0
    python3 myrtle_flow.py --start FOLDER --output FOLDER \
        --runs 16:100:0:horizon=30,fully-connected-256:500:0:horizon=200:loss-left=0.001

Needs PyTorch and NumPy.
"""

import argparse
import copy
import hashlib
import json
import math
import os
import platform
import signal
import sys
import time

import numpy as np
import torch

from peer_networks import MODELS, FullyConnected, Myrtle5, drawn_weights, layer_sizes

PROGRAM = "tests/peers/myrtle_flow.py, version 2"
COLUMNS = (
    "time", "loss", "lossDrop", "displacementSquared", "pathLength",
    "testLoss", "testAccuracy", "lambdaMax", "gradients",
)
FIRST_TIME, ENTRIES_A_DECADE = 1e-4, 25
# A warm start is known when all seeds are there: every second row between these times may be one.
WARM_FROM, WARM_TO = 2e-4, 0.5
CHECKPOINT_BYTES = 12e6  # of the places of possible warm starts; a run of more goes on without them


class Unusable(Exception):
    """What the user gave will not do; the message says what and why."""


# ------------------------------------------------------------------ Runge–Kutta–Chebyshev, order 2

def stages(z):
    """Stages for a spectral radius times step of z."""
    return max(2, 1 + int(math.sqrt(1 + 1.54 * z)))


def chebyshev(s):
    """Coefficients of s stages: w1 b1 first, then (μ, ν, μ̃, γ̃) for j = 2 … s."""
    w0 = 1 + (2 / 13) / s**2
    t, d1, d2 = [1.0, w0], [0.0, 1.0], [0.0, 0.0]
    for j in range(2, s + 1):
        t.append(2 * w0 * t[-1] - t[-2])
        d1.append(2 * t[j - 1] + 2 * w0 * d1[j - 1] - d1[j - 2])
        d2.append(4 * d1[j - 1] + 2 * w0 * d2[j - 1] - d2[j - 2])
    w1 = d1[s] / d2[s]
    b = [0.0, 1 / w0] + [d2[j] / d1[j] ** 2 for j in range(2, s + 1)]
    b[0] = b[2]
    a = [1 - b[j] * t[j] for j in range(s + 1)]
    rows = []
    for j in range(2, s + 1):
        mu_tilde = 2 * b[j] * w1 / b[j - 1]
        rows.append((2 * b[j] * w0 / b[j - 1], -b[j] / b[j - 2], mu_tilde, -a[j - 1] * mu_tilde))
    return b[1] * w1, rows


def chebyshev_step(velocity, start, f0, h, s):
    """The increment δ of a step of s stages from `start`, where the velocity is f0; s − 1 of them."""
    first, rows = chebyshev(s)
    before, delta = torch.zeros_like(f0), first * h * f0
    for mu, nu, mu_tilde, gamma_tilde in rows:
        f, _ = velocity(start + delta)
        new = mu * delta + nu * before + (mu_tilde * h) * f + (gamma_tilde * h) * f0
        before, delta = delta, new
    return delta


GAUSS_X, GAUSS_W = np.polynomial.legendre.leggauss(8)


def arc_length(gram, until=1.0):
    """Length from 0 to `until` of the cubic with p(0) = 0, p(1) = δ, p'(0) = hF0, p'(1) = hF1.

    gram: the products of (hF0, δ, hF1) among one another.
    """
    x = 0.5 * until * (GAUSS_X + 1)
    c = np.stack([3 * x**2 - 4 * x + 1, 6 * x - 6 * x**2, 3 * x**2 - 2 * x])
    speed = np.sqrt(np.maximum(0, np.einsum("ik,ij,jk->k", c, gram, c)))
    return 0.5 * until * float(GAUSS_W @ speed)


def cubic(delta, hf0, hf1, x):
    """The same cubic's value at x."""
    return (x**3 - 2 * x**2 + x) * hf0 + (3 * x**2 - 2 * x**3) * delta + (x**3 - x**2) * hf1


# ------------------------------------------------------------------ largest eigenvalue

def largest_eigenvalue(product, start, count):
    """Largest Ritz value of a symmetric product after `count` Lanczos steps, and its vector."""
    basis = [start / start.norm()]
    alphas, betas = [], []
    for _ in range(count):
        w = product(basis[-1])
        alphas.append(torch.dot(w, basis[-1]))
        q = torch.stack(basis)
        for _ in range(2):
            w = w - q.T @ (q @ w)
        betas.append(w.norm())
        basis.append(w / betas[-1])
    t = torch.stack(alphas + betas).cpu().numpy()  # the one wait for the device
    matrix = np.diag(t[:count]) + np.diag(t[count:-1], 1) + np.diag(t[count:-1], -1)
    if not np.all(np.isfinite(matrix)):
        return math.nan, start
    values, vectors = np.linalg.eigh(matrix)
    top = torch.as_tensor(vectors[:, -1], device=start.device, dtype=start.dtype)
    return float(values[-1]), torch.stack(basis[:-1]).T @ top


# ------------------------------------------------------------------ the flow

def record_times(horizon):
    """1e-4 and on, 25 a decade, and the horizon."""
    times, k = [], 0
    while (t := FIRST_TIME * 10 ** (k / ENTRIES_A_DECADE)) < horizon * (1 - 1e-9):
        times.append(t)
        k += 1
    return times + [horizon]


def squares_of(state):
    """The distances from possible warm starts that a checkpoint holds; None if it was to hold too much."""
    squares = json.loads(str(state["squares_from"]))
    return squares and {int(row): column for row, column in squares.items()}


class Flow:
    """θ' = −∇L from D = 0 to the horizon; the state is what a checkpoint holds."""

    EIGENVALUE_GRADIENTS = 4 / 3  # a product J Jᵀ v: one derivative back and one forward

    def __init__(self, model, *, horizon, tolerance, seed=0, times=None, loss_left=0.0):
        self.model, self.horizon, self.tolerance, self.seed = model, horizon, tolerance, seed
        self.times = record_times(horizon) if times is None else list(times)
        self.rows = []
        self.time, self.path, self.step_size = 0.0, 0.0, 0.0
        self.steps = self.rejected = self.eigenvalues = 0
        self.gradients, self.since_eigenvalue, self.interval = 0.0, 0, 5
        self.lambda_max, self.rho, self.ritz = math.nan, math.nan, None
        self.displacement = torch.zeros_like(model.start)
        self.f, self.first_residual = model.velocity(self.displacement)
        self.gradients += 1
        self.first_loss = 0.5 * float(self.first_residual.double().square().sum())
        self.least_loss = loss_left * 0.5 * float(model.targets.double().square().sum())
        self.origins = self.possible_starts()
        kind = torch.float64 if len(model.start) < 1e6 else torch.float32
        self.places = torch.empty((len(self.origins), len(model.start)), dtype=kind,
                                  device=model.device)
        self.squares_from = {}  # ‖D − D_i‖² at row i and the rows after it

    def possible_starts(self):
        """Rows between WARM_FROM and WARM_TO, every second one; row 0 is τ = 0."""
        inside = [i for i, t in enumerate(self.times, 1) if WARM_FROM <= t <= WARM_TO]
        return inside[::2]

    def record_squares(self, row, place):
        """Distances from the possible starts passed so far, and one more start."""
        if self.squares_from is None:
            return
        if row in self.origins:
            self.places[len(self.squares_from)] = place
            self.squares_from[row] = []
        if self.squares_from:
            known = self.places[:len(self.squares_from)]
            squares = torch.stack([(place - one).square().sum() for one in known]).tolist()
            for of_start, square in zip(self.squares_from.values(), squares):
                of_start.append(square)

    @property
    def done(self):
        """At the horizon, or with a row whose loss is as small as was asked."""
        return self.time >= self.horizon or (
            bool(self.rows) and self.rows[-1][1] <= self.least_loss)

    def estimate_eigenvalue(self):
        """λ_max of J Jᵀ; from its last eigenvector, with something of every other one."""
        generator = torch.Generator().manual_seed(1000003 * self.seed + self.eigenvalues)
        noise = torch.randn(self.first_residual.numel(), generator=generator, dtype=torch.float64)
        start = (noise / noise.norm()).to(self.model.device)
        count = 12
        if self.ritz is not None:
            start, count = self.ritz / self.ritz.norm() + 0.2 * start, 6
        product = self.model.kernel_product(self.displacement)
        value, self.ritz = largest_eigenvalue(product, start, count)
        self.gradients += 1 / 3 + count * self.EIGENVALUE_GRADIENTS
        self.eigenvalues += 1
        if not (0 < value < math.inf):
            raise Unusable(f"the largest eigenvalue at time {self.time} is {value}: no flow there")
        # Where it changes slowly, every tenth step is enough.
        self.interval = 10 if abs(value / self.lambda_max - 1) < 0.03 else 5
        self.lambda_max, self.rho, self.since_eigenvalue = value, 1.15 * value, 0

    def record_start(self):
        test_loss, correct = (float(x) for x in self.model.test(self.displacement))
        share = correct / len(self.model.test_labels)
        self.rows.append([
            0.0, self.first_loss, 0.0, 0.0, 0.0, test_loss, share, self.lambda_max, self.gradients,
        ])

    def step(self):
        """One attempt: moves on, and records the times passed, if the error is small enough."""
        if self.eigenvalues == 0:
            self.estimate_eigenvalue()
            self.step_size = 0.3 / self.lambda_max
            self.record_start()
        elif self.since_eigenvalue >= self.interval:
            self.estimate_eigenvalue()
        h = self.step_size
        left = self.horizon - self.time
        if h >= left * (1 - 1e-9):
            h = left
        elif h > left / 2:
            h = left / 2
        s = stages(h * self.rho)
        delta = chebyshev_step(self.model.velocity, self.displacement, self.f, h, s)
        end = self.displacement + delta
        f1, _ = self.model.velocity(end)
        self.gradients += s
        hf0, hf1 = h * self.f, h * f1
        estimate = -0.8 * delta + 0.4 * (hf0 + hf1)
        arms = torch.stack([hf0, delta, hf1])
        numbers = torch.cat([
            torch.stack([estimate.square().sum(), end.square().sum()]), (arms @ arms.T).reshape(-1),
        ]).cpu().numpy()  # the one wait for the device in a step
        if not np.all(np.isfinite(numbers)):
            self.reject(h, math.inf)
            return
        gram = numbers[2:].reshape(3, 3)
        error = math.sqrt(numbers[0]) / (self.tolerance * math.sqrt(max(numbers[1], gram[1, 1])))
        if error > 1:
            self.reject(h, error)
            return
        finish = self.horizon if h == left else self.time + h
        self.record(finish, h, delta, hf0, hf1, gram)
        self.path += arc_length(gram)
        self.displacement, self.f, self.time = end, f1, finish
        grown = h * min(4.0, max(0.15, 0.8 * max(error, 1e-9) ** (-1 / 3)))
        # A step cut short by the horizon says nothing of the next one.
        self.step_size = max(grown, self.step_size) if h < self.step_size else grown
        self.steps += 1
        self.since_eigenvalue += 1

    def reject(self, h, error):
        self.rejected += 1
        if self.rejected > 200 + self.steps:
            raise Unusable(f"{self.rejected} of the steps up to time {self.time} were rejected")
        self.step_size = h * min(0.9, max(0.15, 0.8 * error ** (-1 / 3)))
        if error > 30:  # not a matter of accuracy: the spectrum reaches further than was thought
            rho = 1.3 * self.rho
            self.estimate_eigenvalue()
            self.rho = max(rho, self.rho)

    def record(self, finish, h, delta, hf0, hf1, gram):
        """A row for every recorded time up to `finish`, along the step's cubic."""
        n = len(self.rows) - 1
        while n < len(self.times) and self.times[n] <= finish and not self.done:
            t = self.times[n]
            x = min(1.0, (t - self.time) / h)
            place = self.displacement + cubic(delta, hf0, hf1, x)
            r0, r = self.first_residual.double(), self.model.residuals(place).double()
            drop = 0.5 * ((r0 - r) * (r0 + r)).sum()
            loss = 0.5 * r.square().sum()
            test_loss, correct = self.model.test(place)
            values = torch.stack([loss, drop, place.square().sum(), test_loss, correct]).tolist()
            loss, drop, square, test_loss, correct = values
            share = correct / len(self.model.test_labels)
            self.rows.append([
                t, loss, drop, square, self.path + arc_length(gram, x),
                test_loss, share, self.lambda_max, self.gradients,
            ])
            n += 1
            self.record_squares(n, place)

    SCALARS = (
        "time", "path", "step_size", "steps", "rejected", "eigenvalues", "gradients",
        "since_eigenvalue", "interval", "lambda_max", "rho", "first_loss",
    )

    def state(self):
        ritz = torch.zeros(0) if self.ritz is None else self.ritz
        squares = self.squares_from
        places = self.places[:len(squares or ())]
        if squares is None or places.numel() * places.element_size() > CHECKPOINT_BYTES:
            squares, places = None, self.places[:0]
        return {
            "squares_from": json.dumps(squares), "places": places.cpu().numpy(),
            "scalars": np.array([float(getattr(self, name)) for name in self.SCALARS]),
            "rows": np.array(self.rows, dtype=np.float64).reshape(-1, len(COLUMNS)),
            "displacement": self.displacement.cpu().numpy(),
            "first_residual": self.first_residual.cpu().numpy(),
            "ritz": ritz.cpu().numpy(),
        }

    def restore(self, state):
        for name, value in zip(self.SCALARS, state["scalars"]):
            whole = isinstance(getattr(self, name), int)
            setattr(self, name, int(value) if whole else float(value))
        self.rows = state["rows"].tolist()
        self.squares_from = squares_of(state)
        if self.squares_from is not None:
            self.places[:len(self.squares_from)] = torch.as_tensor(state["places"])
        load = lambda name: torch.as_tensor(state[name]).to(self.model.device)
        self.displacement = load("displacement")
        self.f, _ = self.model.velocity(self.displacement)
        self.first_residual = load("first_residual")
        self.ritz = load("ritz") if len(state["ritz"]) else None


# ------------------------------------------------------------------ files

def write_whole(path, write):
    """Writes a file under another name, then renames it: what stands there is always whole."""
    partial = f"{path}.partial"
    with open(partial, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def read_start(folder):
    try:
        with open(os.path.join(folder, "start.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Unusable(f"--start {folder}: start.json cannot be read ({error}); "
                       "export_start.ts writes such a folder") from error


def load_array(folder, description, name):
    path = os.path.join(folder, name)
    wanted = description["sha256"].get(name)
    if wanted is None:
        raise Unusable(f"--start {folder} has no {name}; export it (export_start.ts)")
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error})") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise Unusable(f"{path} is not the file that start.json describes; export it again")
    return np.load(path)


def standardized(pixels, description):
    """Bytes [n, 32, 32, 3] to float32 as start.json says."""
    means = np.array(description["normalization"]["means"])
    deviations = np.array(description["normalization"]["deviations"])
    return ((pixels / 255 - means) / deviations).astype(np.float32)


class Start:
    """The folder that export_start.ts writes."""

    def __init__(self, folder, test_images=None):
        self.folder, self.description = folder, read_start(folder)
        load = lambda name: load_array(folder, self.description, name)
        self.images = standardized(load("images.npy"), self.description)
        self.targets = load("targets.npy")
        self.test_images = standardized(load("test-images.npy"), self.description)
        self.test_labels = load("test-labels.npy")
        self.last_drawn = (None, None)
        if test_images is not None:
            self.test_images = self.test_images[:test_images]
            self.test_labels = self.test_labels[:test_images]

    def check(self, run):
        """The file that the weights of a run are in, or a sample of those that are drawn."""
        if run.n > len(self.images):
            raise Unusable(f"n is {run.n}; {self.folder} has {len(self.images)} images")
        kind = "sample-fully-connected" if run.network == "fully-connected" else "weights"
        name = f"{kind}-{run.width}-{run.seed}.npy"
        if name not in self.description["sha256"]:
            raise Unusable(f"{self.folder} has no {name} ({run.network}, width {run.width}, seed "
                           f"{run.seed}); export it with export_start.ts")
        return name

    def weights(self, run):
        weights = load_array(self.folder, self.description, self.check(run))
        if run.network == "fully-connected":
            weights = self.drawn(run, weights)
        weights = weights.astype(np.float64)
        if run.perturb:
            noise = np.random.default_rng(run.seed).standard_normal(len(weights))
            return weights * (1 + run.perturb * noise)
        return weights

    def drawn(self, run, sample):
        """Weights drawn here, which are those that were exported in part."""
        key = (run.network, run.width, run.seed)
        if self.last_drawn[0] != key:
            told = self.description["networks"][f"{run.network}-{run.width}"]["drawn"]
            weights = drawn_weights(layer_sizes(run.network, run.width), run.seed)
            part = weights[::told["stride"]]
            squares = float(weights.astype(np.float64) @ weights.astype(np.float64))
            if not (part.shape == sample.shape and np.abs(part - sample).max() < 1e-6
                    and abs(squares / told["squares"][run.seed] - 1) < 1e-7):
                raise Unusable(f"the weights drawn of {run.network}-{run.width}, seed {run.seed}, "
                               f"are not those of which {self.folder} has a sample")
            self.last_drawn = (key, weights)
        return self.last_drawn[1]

    def model(self, run, device, chunk, layout):
        n = run.n
        return MODELS[run.network](
            self.weights(run), self.images[:n], self.targets[:n], self.test_images,
            self.test_labels, run.width, device=device, chunk=chunk, layout=layout,
            parametrization=run.parametrization, weight_std=run.weight_std,
        )


SQRT2 = math.sqrt(2)


class Run:
    """One recording: a network, a number of images, a seed; where it ends, and how it is made."""

    def __init__(self, width, n, seed, perturb=0.0, tolerance=None, *, network="myrtle-5",
                 horizon=None, loss_left=0.0, parametrization="ntk", weight_std=SQRT2,
                 seconds=None):
        self.network, self.width, self.n, self.seed = network, width, n, seed
        self.perturb, self.tolerance = perturb, tolerance
        self.horizon, self.loss_left = horizon, loss_left
        self.parametrization, self.weight_std = parametrization, weight_std
        self.seconds = seconds

    def name(self, horizon):
        """As the files of data/ are named: what is not the default is told."""
        parts = [self.network, str(self.width), f"n{self.n}"]
        if self.weight_std != SQRT2:
            parts.append(f"std{self.weight_std:.5g}")
        if self.parametrization != "ntk":
            parts.append(self.parametrization)
        if horizon != 5 and not self.loss_left:
            parts.append(f"tau{horizon:.6g}")
        if self.loss_left:
            parts.append(f"loss{self.loss_left:g}")
        parts.append(f"seed{self.seed}")
        if self.perturb:
            parts.append("twin")
        return "_".join(parts).replace("-", "_")

    KEYS = {
        "perturb": float, "tolerance": float, "horizon": float, "loss-left": float,
        "parametrization": str, "weight-std": float, "seconds": float,
    }

    def first(self, n):
        """The same network on no more than the first n images."""
        part = copy.copy(self)
        part.n, part.perturb = min(self.n, n), 0.0
        return part

    @staticmethod
    def parse(text):
        """NETWORK:n:seed[:perturb[:tolerance]][:key=value …]; a number alone is Myrtle-5's channels."""
        parts = text.split(":")
        plain = [part for part in parts if "=" not in part]
        named = [part.split("=", 1) for part in parts if "=" in part]
        try:
            if not 3 <= len(plain) <= 5 or any("=" in part for part in parts[:len(plain)]):
                raise ValueError("three to five numbers, then key=value")
            network, dash, width = plain[0].rpartition("-")
            if dash and network not in MODELS:
                raise ValueError(f"{network} is none of {', '.join(MODELS)}")
            more = {}
            for key, value in named:
                if key not in Run.KEYS:
                    raise ValueError(f"{key} is none of {', '.join(Run.KEYS)}")
                more[key.replace("-", "_")] = Run.KEYS[key](value)
            positional = dict(zip(("perturb", "tolerance"), (float(p) for p in plain[3:])))
            if positional.keys() & more.keys():
                raise ValueError("perturb or tolerance is there twice")
            return checked(Run(int(width), int(plain[1]), int(plain[2]), **positional, **more,
                               network=network or "myrtle-5"))
        except ValueError as error:
            raise Unusable(f"--runs has {text!r}; a run is channels:n:seed or NETWORK-width:n:seed, "
                           "with :perturbation or :perturbation:tolerance and :key=value behind "
                           f"({error})") from error


def checked(run):
    if run.width < 1:
        raise Unusable(f"channels is {run.width}; it must be an integer from 1")
    if run.n < 1:
        raise Unusable(f"n is {run.n}; it must be an integer from 1")
    if run.seed < 0:
        raise Unusable(f"seed is {run.seed}; it must be an integer from 0")
    if not 0 <= run.perturb < 1:
        raise Unusable(f"perturb is {run.perturb}; it must be from 0 to below 1")
    if run.tolerance is not None and not 0 < run.tolerance < 1:
        raise Unusable(f"the tolerance of a run is {run.tolerance}; it must be between 0 and 1")
    if run.horizon is not None and not FIRST_TIME < run.horizon < math.inf:
        raise Unusable(f"the horizon of a run is {run.horizon}; it must be above {FIRST_TIME}")
    if not 0 <= run.loss_left < math.inf:
        raise Unusable(f"loss-left is {run.loss_left}; it must be a number from 0")
    if run.parametrization not in ("ntk", "standard"):
        raise Unusable(f"parametrization is {run.parametrization}; it must be ntk or standard")
    if not 0 < run.weight_std < math.inf:
        raise Unusable(f"weight-std is {run.weight_std}; it must be a positive number")
    if run.seconds is not None and not 0 < run.seconds < math.inf:
        raise Unusable(f"the seconds of a run are {run.seconds}; they must be a positive number")
    return run


# ------------------------------------------------------------------ speed

def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def seconds_a_gradient(model, repeats):
    zero = torch.zeros_like(model.start)
    model.velocity(zero)
    synchronize(model.device)
    begin = time.perf_counter()
    for _ in range(repeats):
        model.velocity(zero)
    synchronize(model.device)
    return (time.perf_counter() - begin) / repeats


def gradient_error(start, run, device, chunk, layout, images=20):
    """Relative error of the float32 gradient over a few images against one in float64."""
    part = run.first(images)
    single = start.model(part, device, chunk, layout)
    n = part.n
    double = MODELS[run.network](
        start.weights(part), start.images[:n], start.targets[:n], start.test_images[:1],
        start.test_labels[:1], run.width, device=torch.device("cpu"), chunk=chunk,
        dtype=torch.float64, parametrization=run.parametrization, weight_std=run.weight_std,
    )
    f32, _ = single.velocity(torch.zeros_like(single.start))
    f64, _ = double.velocity(torch.zeros_like(double.start))
    return float((f32.cpu() - f64).norm() / f64.norm())


def tera_operations(run):
    """10¹² multiplications and additions in a gradient."""
    return 2e-12 * run.n * MODELS[run.network].products(run.width)


def chunk_of(run, choice):
    """Images at once: 500 of 128 channels, and as much work as that of narrower networks."""
    if choice is not None:
        return choice
    return 50000 if run.network == "fully-connected" else max(500, min(4000, 64000 // run.width))


class Layouts:
    """The faster memory layout for a number of channels and images, measured once."""

    def __init__(self, choice):
        self.choice, self.known, self.errors = choice, {}, {}

    def error_of(self, start, run, device, chunk, layout):
        key = (run.network, run.width, run.parametrization, run.weight_std, layout)
        if key not in self.errors:
            self.errors[key] = gradient_error(start, run, device, chunk, layout)
            print(f"  float32 gradient of {run.network}-{run.width}: {self.errors[key]:.1e} off one "
                  "in float64", flush=True)
        return self.errors[key]

    def of(self, start, run, device, chunk):
        if run.network != "myrtle-5":
            return "contiguous"
        if self.choice != "auto":
            return self.choice
        key = (run.width, min(run.n, chunk))
        if key not in self.known:
            if device.type != "cuda":
                self.known[key] = "contiguous"
            else:
                part = run.first(chunk)
                timed = {}
                for layout in ("contiguous", "channels_last"):
                    model = start.model(part, device, chunk, layout)
                    timed[layout] = seconds_a_gradient(model, 5)
                    del model
                self.known[key] = min(timed, key=timed.get)
                print("  " + ", ".join(f"{name}: {1e3 * t:.2f} ms a gradient"
                                       for name, t in timed.items()), flush=True)
        return self.known[key]


# ------------------------------------------------------------------ one run

class Clock:
    """Ends the work at SIGTERM or SIGINT, or when the seconds are over."""

    def __init__(self, seconds, until=None):
        if until is not None:  # what came before, such as loading PyTorch, counts too
            seconds = min(seconds or math.inf, max(0.01, until - time.time()))
        self.begin, self.seconds, self.signal = time.monotonic(), seconds, None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def stop(self, number, _frame):
        self.signal = number

    def left(self):
        return math.inf if self.seconds is None else self.begin + self.seconds - time.monotonic()

    def over(self, needed=0.0):
        return self.signal is not None or self.left() <= needed


def spent(seconds):
    if not seconds < 360000:
        return "days"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {rest} s"


def identity(start, run, options, weights_name):
    """What must be the same for a checkpoint to go on from."""
    hashes = start.description["sha256"]
    names = ("images.npy", "targets.npy", "test-images.npy", "test-labels.npy", weights_name)
    return {
        "program": PROGRAM, "architecture": run.network, "width": run.width, "n": run.n,
        "seed": run.seed, "perturb": run.perturb, "weightStd": run.weight_std,
        "parametrization": run.parametrization,
        "horizon": run.horizon or options.horizon, "lossLeft": run.loss_left,
        "tolerance": run.tolerance or options.tolerance,
        "testImages": len(start.test_labels),
        "sha256": {name: hashes[name] for name in names},
    }


def device_name(device):
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


def claimed(options, name):
    """False if another process on the same list has this run: the first to make the file has it."""
    if not options.claim:
        return True
    try:
        os.close(os.open(os.path.join(options.output, f"{name}.claim"), os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


def is_there(name, same):
    if not os.path.exists(f"{name}.json"):
        return False
    with open(f"{name}.json", encoding="utf-8") as file:
        stored = json.load(file)
    if all(stored.get(key) == value for key, value in same.items()):
        return True
    raise Unusable(f"{name}.csv is a recording of another configuration; take another folder")


def captured(model, run, options, device):
    """Whether the gradient is one CUDA graph now; without one it is as right, and slower."""
    if device.type != "cuda" or not options.graphs:
        return False
    try:
        model.capture()
        return True
    except Exception as error:  # whatever it is: the gradient without it is right
        model.graph = None
        options.graphs = False
        print(f"{run.network}-{run.width}: without a CUDA graph ({str(error)[:200]})",
              flush=True)
        return False


def write_recording(name, rows, provenance, squares_from):
    lines = [",".join(COLUMNS)] + [",".join(repr(float(x)) for x in row) for row in rows]
    write_whole(f"{name}.csv", lambda file: file.write(("\n".join(lines) + "\n").encode()))
    text = json.dumps(provenance, indent=2, ensure_ascii=False)
    if squares_from:
        columns = ",\n".join(
            f'    "{row}": [{", ".join(f"{square:.7g}" for square in column)}]'
            for row, column in squares_from.items())
        text = f'{text[:-2]},\n  "displacementSquaredFrom": {{\n{columns}\n  }}\n}}'
    write_whole(f"{name}.json", lambda file: file.write(f"{text}\n".encode()))


def provenance_of(same, run, flow, wall, resumed, more):
    network = "Myrtle-5" if run.network == "myrtle-5" else f"3072-{run.width}-{run.width}-10, relu"
    std = "√2" if run.weight_std == SQRT2 else f"{run.weight_std:.6g}"
    return {
        **same,
        "equation": "θ' = −∇L, L = ½ Σ ‖f − y‖², a sum over images and outputs; testLoss likewise",
        "network": f"{network}, {run.parametrization} parametrization, W_std {std}, no biases",
        "method": "RKC2, float32 network, float64 displacement and sums",
        **more,
        "wallSeconds": round(wall, 2), "resumed": resumed,
        "gradients": round(flow.gradients, 1), "steps": flow.steps, "rejected": flow.rejected,
        "eigenvalueEstimates": flow.eigenvalues,
        "teraOperationsAGradient": round(tera_operations(run), 8),
    }


def integrate(start, run, options, layouts, clock, device):
    """One run, from its checkpoint if there is one; True if its recording is there in the end."""
    same = identity(start, run, options, start.check(run))
    horizon, title = same["horizon"], run.name(same["horizon"])
    name = os.path.join(options.output, title)
    if is_there(name, same):
        print(f"{title}: is there", flush=True)
        return True
    began = time.monotonic()
    chunk = chunk_of(run, options.chunk)
    layout = layouts.of(start, run, device, chunk)
    precision = layouts.error_of(start, run, device, chunk, layout)
    model = start.model(run, device, chunk, layout)
    graph = captured(model, run, options, device)
    flow = Flow(model, horizon=horizon, tolerance=same["tolerance"], seed=run.seed,
                loss_left=run.loss_left)
    earlier, checkpoint = 0.0, f"{name}.checkpoint.npz"
    resumed = 0
    if os.path.exists(checkpoint):
        with np.load(checkpoint) as state:
            if json.loads(str(state["identity"])) != same:
                raise Unusable(f"{checkpoint} is of another configuration; take another folder")
            flow.restore(state)
            earlier, resumed = float(state["seconds"]), int(state["resumed"]) + 1
        print(f"{title}: goes on at time {flow.time:.4g}", flush=True)
    more = {
        "device": device_name(device), "torch": torch.__version__, "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version() if device.type == "cuda" else None,
        "python": platform.python_version(), "numpy": np.__version__,
        "tf32": False, "layout": layout, "chunk": chunk, "cudaGraph": graph,
        "gradientErrorAgainstFloat64": precision,
    }

    def save():
        if flow.eigenvalues == 0:
            return
        state = flow.state()
        seconds = earlier + time.monotonic() - began
        write_whole(checkpoint, lambda file: np.savez(
            file, identity=json.dumps(same), about=json.dumps(more), seconds=seconds,
            resumed=resumed, **state))

    saved = shown = time.monotonic()
    a_step = 0.0
    start_gradients, start_clock = flow.gradients, time.monotonic()
    while not flow.done:
        spent_here = time.monotonic() - began
        if clock.over(2 * a_step) or (run.seconds is not None and spent_here > run.seconds):
            save()
            loss = f", loss {flow.rows[-1][1]:.4g}" if flow.rows else ""
            print(f"{title}: stopped at time {flow.time:.4g} of {horizon:g}{loss}", flush=True)
            return False
        before = time.monotonic()
        flow.step()
        now = time.monotonic()
        a_step = now - before
        if now - saved > options.save_every:
            save()
            saved = time.monotonic()
        if now - shown > options.show_every:
            shown = now
            rate = (now - start_clock) / max(1e-9, flow.gradients - start_gradients)
            per_step = 1.3 * stages(flow.step_size * flow.rho)
            left = per_step * (horizon - flow.time) / flow.step_size * rate
            print(f"{title}: time {flow.time:.4g} of {horizon:g}, loss "
                  f"{flow.rows[-1][1]:.4g}, λ {flow.lambda_max:.4g}, {flow.steps} steps, "
                  f"{flow.gradients:.0f} gradients, {1e3 * rate:.1f} ms each, "
                  f"at most about {spent(left)} left", flush=True)
    wall = earlier + time.monotonic() - began
    write_recording(name, flow.rows, provenance_of(same, run, flow, wall, resumed, more),
                    flow.squares_from)
    if os.path.exists(checkpoint):
        os.remove(checkpoint)
    peak = max(row[0] * row[2] / row[3] for row in flow.rows[1:])  # T ΔL/‖D‖²
    speed = tera_operations(run) * flow.gradients / wall
    print(f"{title}: done in {spent(wall)}, to time {flow.rows[-1][0]:.4g}, loss "
          f"{flow.rows[-1][1]:.4g}, {flow.gradients:.0f} gradients, {flow.steps} steps, "
          f"{flow.rejected} rejected, {speed:.3g} TFLOP/s with all else, highest T/T_SL {peak:.4g}",
          flush=True)
    return True


def finish(run, options):
    """A run that was cut off as a recording of what there is, whose horizon is its last row's time."""
    name = os.path.join(options.output, run.name(run.horizon or options.horizon))
    if os.path.exists(f"{name}.json") or not os.path.exists(f"{name}.checkpoint.npz"):
        return
    with np.load(f"{name}.checkpoint.npz") as state:
        same, more = (json.loads(str(state[key])) for key in ("identity", "about"))
        rows, wall, resumed = state["rows"].tolist(), float(state["seconds"]), int(state["resumed"])
        counts = argparse.Namespace(**dict(zip(Flow.SCALARS, state["scalars"])))
        squares_from = squares_of(state)
    for count in ("steps", "rejected", "eigenvalues"):
        setattr(counts, count, int(getattr(counts, count)))
    if len(rows) < 2:
        return
    same |= {"horizon": rows[-1][0], "lossLeft": 0.0}
    part = copy.copy(run)
    part.loss_left = 0.0
    name = os.path.join(options.output, part.name(rows[-1][0]))
    write_recording(name, rows, provenance_of(same, run, counts, wall, resumed, more), squares_from)
    print(f"{os.path.basename(name)}: {len(rows)} rows, loss {rows[-1][1]:.4g}", flush=True)


# ------------------------------------------------------------------ the command

def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--start", required=True, help="the folder that export_start.ts wrote")
    parser.add_argument("--output", required=True, help="where recordings and checkpoints go")
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--n", type=int, default=500, help="training images, the first of the start's")
    parser.add_argument("--seed", type=int, default=0, help="which initial weights")
    parser.add_argument("--perturb", type=float, default=0.0,
                        help="relative perturbation of the initial weights, for a twin: 1e-6")
    parser.add_argument("--runs", help="several instead, with commas between: channels:n:seed or "
                        "NETWORK-width:n:seed, [:perturb[:tolerance]][:key=value ...]; keys: "
                        + ", ".join(Run.KEYS) + " (seconds: no more than so long in a call)")
    parser.add_argument("--claim", action="store_true",
                        help="several processes share the list: each run is of the first to take it")
    parser.add_argument("--finish", action="store_true", help="computes nothing: writes recordings of "
                        "the runs that were cut off, as far as their checkpoints are")
    parser.add_argument("--no-graphs", dest="graphs", action="store_false",
                        help="no CUDA graphs, which make small networks faster")
    parser.add_argument("--horizon", type=float, default=5.0, help="last time (5)")
    parser.add_argument("--tolerance", type=float, default=0.01,
                        help="error of a step relative to the displacement (0.01)")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--chunk", type=int, help="images at once (500 at 128 channels)")
    parser.add_argument("--test-images", type=int, help="the first so many; all that there are")
    parser.add_argument("--layout", choices=("auto", "contiguous", "channels_last"), default="auto")
    parser.add_argument("--seconds", type=float, help="saves and ends after so long, status 0")
    parser.add_argument("--until", type=float, help="likewise at this time, in seconds since 1970")
    parser.add_argument("--threads", type=int, help="threads on the processor")
    parser.add_argument("--save-every", type=float, default=20.0, help="seconds (20)")
    parser.add_argument("--show-every", type=float, default=10.0, help="seconds (10)")
    options = parser.parse_args(arguments)
    positive = ("test_images", "horizon", "tolerance", "chunk", "seconds", "until", "threads", "save_every",
                "show_every")
    for name in positive:
        value = getattr(options, name)
        if value is not None and not 0 < value < math.inf:
            raise Unusable(f"--{name.replace('_', '-')} is {value}; it must be a positive number")
    if options.tolerance >= 1:
        raise Unusable(f"--tolerance is {options.tolerance}; it must be below 1")
    if options.horizon <= FIRST_TIME:
        raise Unusable(f"--horizon is {options.horizon}; it must be above {FIRST_TIME}")
    return options


def main(arguments=None):
    try:
        options = parse(arguments)
        clock = Clock(options.seconds, options.until)
        if options.device == "cuda" and not options.finish and not torch.cuda.is_available():
            raise Unusable("--device cuda: there is no graphics processor here; --device cpu is slow")
        device = torch.device(options.device)
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = True
        if options.threads:
            torch.set_num_threads(options.threads)
        runs = [checked(Run(options.channels, options.n, options.seed, options.perturb))]
        if options.runs is not None:
            runs = [Run.parse(text) for text in options.runs.split(",") if text]
        os.makedirs(options.output, exist_ok=True)
        if options.finish:
            for run in runs:
                finish(run, options)
            return 0
        start = Start(options.start, options.test_images)
        for run in runs:
            start.check(run)
        print(f"{device_name(device)}, PyTorch {torch.__version__}, TF32 off", flush=True)
        layouts = Layouts(options.layout)
        left, taken, failed = [], 0, False
        for run in runs:
            title = run.name(run.horizon or options.horizon)
            if clock.over():
                left.append(title)
            elif claimed(options, title):
                taken += 1
                try:
                    whole = integrate(start, run, options, layouts, clock, device)
                except Unusable as error:  # the others may do
                    print(f"myrtle_flow.py: {title}: {error}", file=sys.stderr, flush=True)
                    whole, failed = False, True
                except RuntimeError as error:  # of the device, which may answer nothing any more
                    print(f"myrtle_flow.py: {title}: {error}", file=sys.stderr, flush=True)
                    if "--no-graphs" in sys.argv:
                        return 2
                    if options.claim:
                        os.remove(os.path.join(options.output, f"{title}.claim"))
                    os.execv(sys.executable, [sys.executable, *sys.argv, "--no-graphs"])
                if not whole:
                    left.append(title)
        there = sum(os.path.exists(os.path.join(
            options.output, f"{run.name(run.horizon or options.horizon)}.json")) for run in runs)
        print(f"{there} of {len(runs)} recordings are there" + (f", {taken} taken here"
              if options.claim else "") + (f"; left: {', '.join(left)}" if left else ""), flush=True)
        if failed:
            return 2
        return 128 + clock.signal if clock.signal is not None and left else 0
    except Unusable as error:
        print(f"myrtle_flow.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
