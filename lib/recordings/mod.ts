/**
 * Trajectories recorded elsewhere: columns in CSV or NumPy files, snapshots of the weights from
 * PyTorch or TensorFlow.js, taken to the speed limit. In a browser files are read that a page is
 * handed; elsewhere also those that are named.
 *
 * @module
 */
export type { RecordedFile } from "./opened_file.ts";
export { type ReadOptions, readRecording, type Recording } from "./read_recording.ts";
export { type SnapshotRecorder, snapshotRecorder, type SnapshotTrajectory } from "./snapshots.ts";
export { type SpeedLimitReport, speedLimitReport } from "./speed_limit_report.ts";
export {
  type Readable,
  type Recordable,
  type WeightRecorder,
  weightRecorder,
  type WeightRecorderOptions,
} from "./weight_recorder.ts";
