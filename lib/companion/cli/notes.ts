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
