import { fullyConnected } from "../../../lib/networks/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";

/** A network whose flow takes milliseconds. */
export const network = fullyConnected({ widths: [8, 16, 2] });

/** Data for it, each time anew: a test may damage them. */
export const made = () => ({
  images: {
    shape: [6, 8],
    data: randomStream(0, "flow failures test").normal(new Float32Array(48)),
  },
  targets: { shape: [6, 2], data: new Float32Array(12).fill(1) },
});
