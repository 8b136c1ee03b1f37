"""Processes from their start to their end."""
import json
import os
import subprocess
import sys
import tempfile

from work import Work

HERE = os.path.dirname(os.path.abspath(__file__))

TOLD = """
import json
from memory import peak_gigabytes
def told(numbers=()):
    print(json.dumps([peak_gigabytes(), *numbers]))
"""


def ran(*command):
    """What a program prints."""
    environment = {**os.environ, "PYTHONPATH": HERE}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(ended.stderr[-400:])
    return ended.stdout


def told_by(python, code):
    return json.loads(ran(python, "-c", TOLD + code).strip().splitlines()[-1])


def start(run):
    return Work(run, lambda said: said[1:], peak=lambda said: said[0])


def process(code):
    """A process that runs some Python, and prints GB of its memory, then numbers."""
    return start(lambda: told_by(sys.executable, code))


def import_of(library):
    return lambda _, __: process(f"import {library}\ntold()")


FIGURE = """
import io
import jax
jax.config.update("jax_enable_x64", True)
import kernels_import
import numpy as np, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from neural_tangents import stax
n = {n}
k = np.arange(20 * n)
x = np.sin(k * (k % 7 + 1)).astype(np.float32).reshape(n, 20).astype(np.float64)
dense = lambda width: stax.Dense(width, W_std=2**0.5, b_std=None)
_, _, kernel = stax.serial(dense(64), stax.Relu(), dense(1))
values = np.linalg.eigvalsh(np.asarray(kernel(x, None, "ntk")))
plt.loglog(np.arange(1, n + 1), values[::-1])
plt.xlabel("k"); plt.ylabel("eigenvalue")
plt.savefig(io.BytesIO(), format="png")
told(values.tolist())
"""


def figure_of(size):
    return FIGURE.replace("{n}", str(int(size["n"])))


def first_figure(size, _):
    return process(figure_of(size))


def set_up(size, _):
    """A new environment, neural-tangents in it, and a first figure."""

    def run():
        with tempfile.TemporaryDirectory() as folder:
            ran(sys.executable, "-m", "venv", folder)
            python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
            requirements = os.path.join(HERE, "kernels.txt")
            flags = ["--no-deps", "--require-hashes", "--no-input"]
            ran(python, "-m", "pip", "install", *flags, "--requirement", requirements)
            return told_by(python, figure_of(size))

    return start(run)
