// What a stranger computes with the subjects that run in a browser, beside what it must be: T_SL of a
// Gaussian and of a linear flow, a recording, an interval.
import { gaussian, speedLimit, wasserstein2Squared } from "@speed-limits/companion/bounds";
import { linearFlow } from "@speed-limits/companion/linear";
import { snapshotRecorder, speedLimitReport } from "@speed-limits/companion/recordings";
import { meanAndError } from "@speed-limits/companion/statistics";

/** Pairs of what was found and what it must be. */
function pairs() {
  // From N(0, 1) to N(m, C), C with eigenvalues 4 and 9, turned: W2² = |m|² + Σ (√λ − 1)² = 25 + 1 + 4.
  const [c, s] = [0.6, 0.8];
  const turned = [[4 * c * c + 9 * s * s, -5 * c * s], [-5 * c * s, 4 * s * s + 9 * c * c]];
  const w2Squared = wasserstein2Squared(
    gaussian([0, 0], [[1, 0], [0, 1]]),
    gaussian([3, 4], turned),
  );
  const T = speedLimit({ w2Squared, entropyProduction: 10 });

  // One mode: Δθ² = r² (1 − e^{−λt})²/λ and ΔL = r² (1 − e^{−2λt})/2, so T_SL = (2/λ) tanh(λt/2).
  const [lambda, time] = [0.5, 3];
  const flow = linearFlow({ eigenvalues: [lambda], residue: [2] }).at(time);

  const recorder = snapshotRecorder();
  recorder.add([0, 0], { time: 0, loss: 3 });
  recorder.add([3, 0], { time: 1, loss: 2 });
  recorder.add([3, 4], { time: 2, loss: 1 });
  const { columns } = speedLimitReport(recorder.trajectory());

  // Student's t of two degrees, (2p − 1)/√(2p (1 − p)) at p = 0.975.
  const { interval: [low, high] } = meanAndError([1, 2, 3]);
  const t = 0.95 / Math.sqrt(2 * 0.975 * 0.025);
  return [
    [T, 3],
    [flow.speedLimit, 2 / lambda * Math.tanh(lambda * time / 2)],
    [columns.tortuosity.at(-1), 7 / 5],
    [(high - low) / 2, t / Math.sqrt(3)],
  ];
}

/** "right", or what is not. */
export function verdict() {
  const wrong = pairs().filter(([found, truth]) => !(Math.abs(found / truth - 1) < 1e-12));
  return wrong.length === 0 ? "right" : JSON.stringify(wrong);
}
