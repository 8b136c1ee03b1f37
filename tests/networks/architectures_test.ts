import assert from "node:assert/strict";
import {
  architectureNames,
  fullyConnected,
  myrtle10,
  myrtle5,
  myrtle7,
  networkNamed,
} from "../../lib/networks/mod.ts";

Deno.test("the table's networks are those of the architectures' own functions", () => {
  const scales = { weightStd: 1.2, biasStd: 0.1, parametrization: "standard" } as const;
  const same = [
    ["myrtle-5", myrtle5],
    ["myrtle-7", myrtle7],
    ["myrtle-10", myrtle10],
  ] as const;
  for (const [architecture, make] of same) {
    const network = networkNamed({ architecture, width: 4, ...scales });
    const other = make({ channels: 4, ...scales });
    assert.deepEqual(network.configuration, other.configuration);
    assert.deepEqual(network.init(2), other.init(2));
  }
  const named = networkNamed({
    ...{ architecture: "fully-connected", width: 6, depth: 1, activation: "erf", ...scales },
  });
  const other = fullyConnected({ widths: [3072, 6, 10], activation: "erf", ...scales });
  assert.deepEqual(named.configuration, other.configuration);
  assert.deepEqual(
    networkNamed({ architecture: "fully-connected", width: 6 }).configuration.widths,
    [3072, 6, 6, 10],
  );
});

Deno.test("Myrtle-7 and Myrtle-10 have two and three convolutions before each pool", () => {
  for (const [make, each, depth] of [[myrtle7, 2, 7], [myrtle10, 3, 10]] as const) {
    const network = make({ channels: 8 });
    assert.deepEqual(network.shapes, [
      [3, 3, 3, 8],
      ...new Array(3 * each - 1).fill([3, 3, 8, 8]),
      [8, 10],
    ]);
    const sides = network.layers.filter(({ parameters }) => parameters.length > 0)
      .map(({ outputShape }) => outputShape[0]);
    assert.deepEqual(sides, [32, 16, 8].flatMap((side) => new Array(each).fill(side)).concat(10));
    assert.equal(network.configuration.architecture, `Myrtle-${depth}`);
  }
});

Deno.test("unknown architectures and options are named, with all that there are", () => {
  assert.deepEqual(architectureNames, ["myrtle-5", "myrtle-7", "myrtle-10", "fully-connected"]);
  assert.throws(
    () => networkNamed({ architecture: "resnet" as "myrtle-5", width: 4 }),
    /^RangeError: architecture is "resnet"; it must be "myrtle-5", "myrtle-7", "myrtle-10" or "fully-connected"$/,
  );
  assert.throws(
    () => networkNamed({ architecture: "toString" as "myrtle-5", width: 4 }),
    /architecture is "toString"/,
  );
  assert.throws(
    () => networkNamed({ architecture: "myrtle-7", width: 4, activation: "erf" }),
    /activation is erf; "myrtle-7" takes width, weightStd, biasStd, parametrization/,
  );
  const { shapes } = networkNamed({ architecture: "myrtle-7", width: 4, activation: undefined });
  assert.equal(shapes.length, 7, "what is undefined is as what is left out");
  assert.throws(() => networkNamed({ architecture: "myrtle-7", width: 0 }), /width is 0/);
  assert.throws(
    () => networkNamed({ architecture: "fully-connected", width: 4, depth: -1 }),
    /depth is -1; it must be an integer from 0 up/,
  );
});
