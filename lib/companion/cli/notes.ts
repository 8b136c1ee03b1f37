/**
 * What the help of a task tells below its options, where that is long.
 *
 * @module
 */

/** The environment's variables that tasks and library heed. */
export const VARIABLES = `Variables:
  SPEED_LIMITS_CACHE         folder for libraries and data, shared by clones
  SPEED_LIMITS_CIFAR10       your own folder of CIFAR-10's binary version
  SPEED_LIMITS_TENSORFLOW    your own libtensorflow_cc
  SPEED_LIMITS_OPENBLAS      your own OpenBLAS
  SPEED_LIMITS_PICTURES      1: figures shown in a notebook carry a PNG too, as in all runs without
                             a viewer; JupyterLab shows it in place of the figure`;

/** Which files `measure` reads. */
export const MEASURED =
  `FILE is a CSV, TSV, .npy or .npz with a row for each entry: time, loss, displacement (or
displacementSquared) and pathLength; names in the first line or in the dtype, otherwise in this
order; columns by other names are passed over. The first entry is the start, before the first step.
  time          learning rate × steps, of plain gradient descent
  loss          the loss whose gradient is followed, on all training data
  displacement  ‖θ_t − θ_0‖
  pathLength    Σ ‖θ_{i+1} − θ_i‖ so far
An .npz may hold the array weights [snapshots, parameters] beside time and loss.

With --weights, FILE needs only time and loss. The weights are a .npy file [snapshots, parameters],
an .npz that holds such an array, or a folder of .npy files in the order of their numbers.

From PyTorch:   np.savez("run.npz", time=times, loss=losses, weights=snapshots), where a snapshot is
                torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().copy()`;

/** What a sweep's file holds. */
export const SWEEPS =
  `FILE is JSON: a study, what its configurations share (base), and fields with lists of values (grid)
or configurations one by one (list); resources are those of each run.

  {
    "$schema": "../../lib/companion/sweep/sweep.schema.json",
    "study": "speed-limit",
    "base": { "width": 128, "seeds": 24 },
    "grid": { "n": [500, 1000, 2000, 5000] },
    "resources": { "threads": 2 }
  }

Each run is computed once, whoever asks for it, and kept under its key in the shared folder;
configurations whose runs are all there are stored under data/, for the notebooks. What is damaged,
half-written or failed is named, and run again by the next call.`;

/** How `bench` measures. */
export const BENCHMARKS =
  `A row is a pair of processes that are kept alive and take turns; their answers must agree before
they are timed. The peers (PyTorch, neural-tangents, SciPy, POT, diffrax, thermox, torchdiffeq) are
installed into build/bench_env at the first call (2 GB), for this task alone.

A row is stored as data/benchmarks/ROW.json when it is done, unless what is there has more sizes or
rounds, or is of a quiet machine and this one was not; the site draws them. Ctrl-C keeps those done.`;
