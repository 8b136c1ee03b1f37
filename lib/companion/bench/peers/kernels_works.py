"""neural-tangents: kernels at finite and at infinite width."""
import jax
import numpy as np

import kernels_import  # noqa: F401
import neural_tangents as nt
from neural_tangents import stax

from starts import first_figure, import_of, set_up
from work import Work, versions_of, weights

ROOT = 2**0.5


def versions():
    return versions_of("neural-tangents", "jax", "jaxlib", "numpy")


def dense(width):
    return stax.Dense(width, W_std=ROOT, b_std=None)


def conv(channels):
    return stax.Conv(channels, (3, 3), W_std=ROOT, padding="SAME", b_std=None), stax.Relu()


def pool(size):
    return stax.AvgPool((size, size), strides=(size, size), padding="VALID")


def myrtle(channels):
    return stax.serial(
        *conv(channels), *conv(channels), pool(2), *conv(channels), pool(2), *conv(channels),
        pool(8), stax.Flatten(), dense(10),
    )


def fcn(widths):
    layers = [stax.Flatten()]
    for width in widths:
        layers += [dense(width), stax.Relu()]
    return stax.serial(*layers[:-1])


def network(theta):
    if theta[0].ndim == 4:
        return myrtle(theta[0].shape[-1])
    return fcn([weight.shape[1] for weight in theta])


def empirical(trace):
    def make(_, arrays):
        theta = weights(arrays)
        images = jax.numpy.asarray(arrays["images"])
        init, apply, _ = network(theta)
        _, drawn = init(jax.random.PRNGKey(0), images.shape)
        parameters = jax.tree_util.tree_unflatten(
            jax.tree_util.tree_structure(drawn), [jax.numpy.asarray(weight) for weight in theta]
        )
        kernel = jax.jit(
            nt.empirical_ntk_fn(
                apply,
                trace_axes=(-1,) if trace else (),
                vmap_axes=0,
                implementation=nt.NtkImplementation.STRUCTURED_DERIVATIVES,
            )
        )

        def answer(values):
            # neural-tangents divides a trace by the number of outputs.
            if trace:
                return np.asarray(values) * 10
            return np.asarray(values).transpose(0, 2, 1, 3)

        return Work(lambda: kernel(images, None, parameters).block_until_ready(), answer)

    return make


def both(kernels):
    return np.concatenate([np.asarray(kernels.nngp).ravel(), np.asarray(kernels.ntk).ravel()])


def infinite(make_network, batch=None):
    def make(_, arrays):
        jax.config.update("jax_enable_x64", True)
        images = arrays["images"].astype(np.float64)
        _, _, kernel = make_network()
        if batch:
            # All pairs of 16 images at once would take 16 GB and more.
            size = min(batch, len(images))
            kernel = nt.batch(kernel, batch_size=size, store_on_device=False)
        else:
            kernel = jax.jit(kernel, static_argnums=(2,))

        def run():
            kernels = kernel(images, None, ("nngp", "ntk"))
            np.asarray(kernels.ntk)
            return kernels

        return Work(run, both)

    return make


WORKS = {
    "trace": empirical(True),
    "full": empirical(False),
    "infinite-fcn": infinite(lambda: fcn([512, 512, 10])),
    "infinite-myrtle": infinite(lambda: myrtle(1), batch=4),
    "import": import_of("kernels_import"),
    "first-figure": first_figure,
    "set-up": set_up,
}
