"""NumPy, SciPy, POT, thermox and diffrax."""
import numpy as np

from work import Work, versions_of, weights


def versions():
    return versions_of("numpy", "scipy", "POT", "jax", "diffrax", "thermox")


def eigh_by_scipy(_, arrays):
    import scipy.linalg

    a = arrays["a"]
    return Work(lambda: scipy.linalg.eigh(a), lambda result: result[0])


def eigh_by_numpy(_, arrays):
    a = arrays["a"]
    return Work(lambda: np.linalg.eigh(a), lambda result: result[0])


def eigenvalues(_, arrays):
    import scipy.linalg

    a = arrays["a"]
    return Work(lambda: scipy.linalg.eigvalsh(a), lambda values: values)


def product(_, arrays):
    a, b = arrays["a"], arrays["b"]
    return Work(lambda: a @ b, lambda product: product)


def gaussian_w2(_, arrays):
    """By eigenvalues, the fastest way that SciPy offers; its sqrtm takes many times as long."""
    import scipy.linalg as linalg

    a, b = arrays["a"], arrays["b"]

    def run():
        values, vectors = linalg.eigh(a)
        root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
        middle = root @ b @ root
        squares = linalg.eigvalsh((middle + middle.T) / 2)
        return np.trace(a) + np.trace(b) - 2 * np.sqrt(np.maximum(squares, 0)).sum()

    return Work(run, lambda value: [value])


def gaussian_w2_by_pot(_, arrays):
    import ot

    a, b = arrays["a"], arrays["b"]
    mean = np.zeros(len(a))
    return Work(
        lambda: ot.gaussian.bures_wasserstein_distance(mean, mean, a, b),
        lambda distance: [distance**2],
    )


def exact_w2(_, arrays):
    import ot

    p, q = arrays["p"], arrays["q"]
    mass = np.full(len(p), 1 / len(p))

    def run():
        return ot.emd2(mass, mass, ot.dist(p, q), numItermax=10_000_000)

    return Work(run, lambda value: [value])


def ornstein_uhlenbeck(_, arrays):
    import jax

    jax.config.update("jax_enable_x64", True)
    from thermox import conditional

    drift, mean, start = [jax.numpy.asarray(arrays[k]) for k in ("curvature", "minimum", "start")]
    noise = 2 * jax.numpy.eye(len(start))
    time = float(arrays["time"][0])

    def run():
        law = (
            conditional.mean(time, start, drift, mean, noise),
            conditional.covariance(time, drift, noise),
        )
        return [part.block_until_ready() for part in law]

    return Work(run, lambda law: np.concatenate([np.asarray(part).ravel() for part in law]))


def flow(solver_name):
    """Gradient flow by one of diffrax's solvers, path length carried along."""

    def make(_, arrays):
        import diffrax
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", True)
        from flow_accuracy import REFERENCE, loosest

        theta = weights(arrays)
        images, targets = [jnp.asarray(arrays[k], jnp.float64) for k in ("images", "targets")]
        start = jnp.concatenate([jnp.asarray(weight, jnp.float64).ravel() for weight in theta])
        shapes = [weight.shape for weight in theta]
        ends = np.cumsum([weight.size for weight in theta])[:-1]
        horizon = float(arrays["horizon"][0])

        def loss(flat):
            x = images
            for i, part in enumerate(jnp.split(flat, ends)):
                x = (x if i == 0 else jax.nn.gelu(x, approximate=False)) @ part.reshape(shapes[i])
            return 0.5 * jnp.sum((x - targets) ** 2)

        slope = jax.grad(loss)

        def velocity(_, state, __):
            g = slope(state[:-1])
            return jnp.append(-g, jnp.linalg.norm(g))

        def solving(solver):
            # At too loose a tolerance Dopri5 goes to and fro at its limit, in millions of steps.
            @jax.jit
            def solved(rtol):
                solution = diffrax.diffeqsolve(
                    diffrax.ODETerm(velocity), solver, 0.0, horizon, None,
                    jnp.append(start, 0.0), max_steps=20_000, throw=False,
                    stepsize_controller=diffrax.PIDController(rtol=rtol, atol=rtol * 1e-2),
                )
                end = solution.ys[-1]
                moved = end[:-1] - start
                answer = jnp.stack([loss(start) - loss(end[:-1]), moved @ moved, end[-1]])
                good = solution.result == diffrax.RESULTS.successful
                return jnp.where(good, answer, jnp.nan), solution.stats["num_steps"]

            return lambda rtol: np.asarray(solved(rtol)[0])

        reference = solving(diffrax.Dopri5())(REFERENCE)
        solve = solving(getattr(diffrax, solver_name)())
        rtol, reference, error = loosest(solve, reference)
        told = {"rtol": rtol, "error": error}
        return Work(lambda: solve(rtol), lambda _: reference, told)

    return make


WORKS = {
    "eigh-scipy": eigh_by_scipy,
    "eigh-numpy": eigh_by_numpy,
    "eigenvalues": eigenvalues,
    "product": product,
    "gaussian-w2": gaussian_w2,
    "gaussian-w2-pot": gaussian_w2_by_pot,
    "exact-w2": exact_w2,
    "ornstein-uhlenbeck": ornstein_uhlenbeck,
    "flow-dopri5": flow("Dopri5"),
    "flow-kvaerno5": flow("Kvaerno5"),
}
