import assert from "node:assert/strict";
import {
  moreInefficientAtLoss,
  type NetworkLossParts,
  owedToUnlearningAtLoss,
} from "../../../lib/experiments/mod.ts";
import { partsOf } from "../../../lib/experiments/readings/drift_readings.ts";

/** T/T_SL of three seeds, a hair apart unless told otherwise: network and linearization, f_0 kept and not. */
interface Ratios {
  readonly own: number;
  readonly linear: number;
  readonly ownWithout?: number;
  readonly linearWithout?: number;
  readonly scatter?: number;
  readonly of?: number;
}

function marksOf({ of = 3, scatter = 1.0001, ...ratios }: Ratios): NetworkLossParts["marks"] {
  const { own, linear, ownWithout = 1.2, linearWithout = 1.2 } = ratios;
  const spread = (ratio: number, by = 1) => [ratio / by, ratio, ratio * by];
  const flows = {
    ...{ own: spread(own, scatter), linear: spread(linear) },
    ...{ ownWithout: spread(ownWithout), linearWithout: spread(linearWithout) },
  };
  const parts = partsOf({ time: 1, seeds: [0, 1, 2], ...flows });
  return [{ left: 0.5, found: { left: 0.5, of, times: flows, parts } }];
}
const network = (ratios: Ratios): NetworkLossParts => ({ network: "FCN", marks: marksOf(ratios) });

Deno.test("f_0 against the kernel's motion at equal loss: by the paired difference", () => {
  const verdict = (ratios: Ratios) => owedToUnlearningAtLoss([network(ratios)]).verdict;
  // f_0 makes it 5, the motion 1.1 either way.
  assert.equal(verdict({ own: 6.6, linear: 6 }), "confirmed");
  assert.equal(verdict({ own: 6, linear: 6.6 }), "confirmed");
  // The motion makes it 4, f_0 2.
  assert.equal(verdict({ own: 9.6, linear: 2.4, ownWithout: 4.8 }), "not confirmed");
  assert.equal(verdict({ own: 3, linear: 6, scatter: 9 }), "undecided");
  assert.match(
    owedToUnlearningAtLoss([network({ own: 6, linear: 6 })]).evidence,
    /FCN, 50 % of ½‖Y‖² left: the initial function makes it ×5.00 .* motion ×1.00/,
  );
});

Deno.test("which of the two has the larger T/T_SL at equal loss", () => {
  const verdict = (ratios: Ratios) => moreInefficientAtLoss([network(ratios)]).verdict;
  assert.equal(verdict({ own: 6.01, linear: 6 }), "confirmed");
  assert.equal(verdict({ own: 5.99, linear: 6 }), "not confirmed");
  assert.equal(verdict({ own: 6.6, linear: 6, scatter: 1.2 }), "undecided");
});

Deno.test("a mark that not all seeds come to is not judged, nor one that none does", () => {
  const few = network({ own: 9, linear: 6, of: 4 });
  const never: NetworkLossParts = { network: "Myrtle-5", marks: [{ left: 0.2 }] };
  for (const claim of [moreInefficientAtLoss, owedToUnlearningAtLoss]) {
    assert.equal(claim([few]).verdict, "undecided");
    assert.match(claim([few, never]).evidence, /cannot be judged in 2/);
    assert.throws(() => claim([]), /there is no network/);
  }
});
