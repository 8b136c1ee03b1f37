"""The peers of empirical_ntk.ts: trace kernels by neural-tangents 0.6 (jax 0.4.23, structured
derivatives) and by torch.func (contracted Jacobians), best of some rounds.

    python empirical_ntk.py --peer neural-tangents
    python empirical_ntk.py --peer torch
"""
import argparse
import time

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--peer", choices=("neural-tangents", "torch"), default="neural-tangents")
parser.add_argument("--rounds", type=int, default=4)
options = parser.parse_args()
images = {n: np.random.RandomState(1).randn(n, 32, 32, 3).astype(np.float32) for n in (50, 200)}


def timed(what, run):
    best = float("inf")
    for _ in range(options.rounds):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    print(f"{options.peer}: {what}: {best:.3f} s", flush=True)


if options.peer == "neural-tangents":
    import jax
    import neural_tangents as nt
    from neural_tangents import stax

    conv = lambda: (stax.Conv(32, (3, 3), padding="SAME", b_std=None), stax.Relu())
    pool = lambda k: stax.AvgPool((k, k), strides=(k, k), padding="VALID")
    dense = lambda width: stax.Dense(width, b_std=None)
    fcn = stax.serial(stax.Flatten(), dense(512), stax.Relu(), dense(512), stax.Relu(), dense(10))
    myrtle = stax.serial(
        *conv(), *conv(), pool(2), *conv(), pool(2), *conv(), pool(8), stax.Flatten(), dense(10)
    )
    for what, (init, apply, _), n in (("FCN, n = 200", fcn, 200), ("Myrtle-5, n = 50", myrtle, 50)):
        _, theta = init(jax.random.PRNGKey(0), (n, 32, 32, 3))
        kernel = jax.jit(
            nt.empirical_ntk_fn(
                apply,
                trace_axes=(-1,),
                vmap_axes=0,
                implementation=nt.NtkImplementation.STRUCTURED_DERIVATIVES,
            )
        )
        timed(what, lambda: kernel(images[n], None, theta).block_until_ready())
else:
    import torch
    from torch.func import functional_call, jacrev, vmap

    relu, linear = torch.nn.ReLU, lambda i, o: torch.nn.Linear(i, o, bias=False)
    conv = lambda i: torch.nn.Conv2d(i, 32, 3, padding=1, bias=False)
    pool = torch.nn.AvgPool2d
    fcn = torch.nn.Sequential(
        torch.nn.Flatten(0), linear(3072, 512), relu(), linear(512, 512), relu(), linear(512, 10)
    )
    myrtle = torch.nn.Sequential(
        conv(3), relu(), conv(32), relu(), pool(2), conv(32), relu(), pool(2), conv(32), relu(),
        pool(8), torch.nn.Flatten(0), linear(32, 10),
    )
    for what, network, n in (("FCN, n = 200", fcn, 200), ("Myrtle-5, n = 50", myrtle, 50)):
        theta = {name: p.detach() for name, p in network.named_parameters()}
        x = torch.from_numpy(images[n]).permute(0, 3, 1, 2).contiguous()
        one = lambda p, image: functional_call(network, p, (image,))

        def kernel():
            # In chunks, lest the whole Jacobian be held; the products sum over outputs.
            total = torch.zeros(n, n)
            for output in range(10):
                j = vmap(jacrev(lambda p, image: one(p, image)[output]), (None, 0))(theta, x)
                for part in j.values():
                    flat = part.reshape(n, -1)
                    total += flat @ flat.T
            return total

        timed(what, kernel)
