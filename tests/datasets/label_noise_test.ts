// Label noise, random labels, and the images of some classes.
import assert from "node:assert/strict";
import { classLabels, noisyLabels, ofClasses, randomLabels } from "../../lib/datasets/mod.ts";

const labels = Uint8Array.from({ length: 1000 }, (_, i) => (7 * i + (i >> 3)) % 10);
const wrong = (noisy: Uint8Array, own = labels) => noisy.filter((l, i) => l !== own[i]).length;

Deno.test("a share p of label noise changes exactly round(p n) labels", () => {
  for (const share of [0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.9994, 1]) {
    for (const seed of [0, 1, 17]) {
      assert.equal(wrong(noisyLabels(labels, { share, seed })), Math.round(share * 1000));
    }
  }
  for (const n of [1, 2, 3, 7]) {
    const few = labels.subarray(0, n);
    assert.equal(wrong(noisyLabels(few, { share: 0.5 }), few), Math.round(n / 2));
  }
});

Deno.test("what a smaller share changes, a larger one changes alike", () => {
  const [small, large] = [0.1, 0.4].map((share) => noisyLabels(labels, { share, seed: 5 }));
  small.forEach((label, i) => label === labels[i] || assert.equal(label, large[i]));
});

Deno.test("a wrong label is each of the other classes as often", () => {
  const many = new Uint8Array(90_000);
  const counts = new Array(10).fill(0);
  noisyLabels(many, { share: 1, seed: 2 }).forEach((label) => counts[label]++);
  assert.equal(counts[0], 0);
  // Binomial: 10,000 ± 94.
  for (const count of counts.slice(1)) assert(Math.abs(count - 10_000) < 500, `${counts}`);
});

Deno.test("noise and random labels stay within the classes", () => {
  const classes = ["cat", 5, "truck"] as const;
  const own = labels.filter((label) => [3, 5, 9].includes(label));
  const noisy = noisyLabels(own, { share: 1, classes });
  assert.equal(wrong(noisy, own), own.length);
  assert.deepEqual([...new Set(noisy)].sort(), [3, 5, 9]);
  const drawn = randomLabels(own, { classes, seed: 4 });
  assert.deepEqual([...new Set(drawn)].sort(), [3, 5, 9]);
  assert.deepEqual(drawn, randomLabels(own, { classes, seed: 4 }));
  assert.notDeepEqual(drawn, randomLabels(own, { classes, seed: 5 }));
});

Deno.test("labels given stay as they are", () => {
  const before = labels.slice();
  noisyLabels(labels, { share: 1 });
  randomLabels(labels);
  assert.deepEqual(labels, before);
});

Deno.test("random labels are right one time in ten", () => {
  const many = Uint8Array.from({ length: 40_000 }, (_, i) => i % 10);
  const right = many.length - wrong(randomLabels(many, { seed: 1 }), many);
  assert(Math.abs(right - 4000) < 5 * 60, String(right));
});

Deno.test("classes by label or name; of them their images, in order", () => {
  assert.deepEqual(classLabels(["airplane", 9, "dog"]), [0, 9, 5]);
  assert.deepEqual(ofClasses([1, 2, 9, 1, 0], [1, "truck"]), [0, 2, 3]);
  assert.deepEqual(ofClasses([], [1]), []);
});

Deno.test("what is wrong is told", () => {
  const share = (value: number) => () => noisyLabels(labels, { share: value });
  assert.throws(share(-0.1), /RangeError: share is -0.1; it must be a number from 0 to 1/);
  assert.throws(share(1.5), /share is 1.5; it must be a number from 0 to 1/);
  assert.throws(share(NaN), /share is NaN/);
  assert.throws(
    () => ofClasses(labels, [10]),
    /classes\[0\] is 10; it must be an integer from 0 to 9, or one of airplane/,
  );
  assert.throws(() => classLabels(["plane" as "airplane"]), /is "plane".* it must be/);
  assert.throws(() => classLabels([3, "cat"]), /classes contains cat twice/);
  assert.throws(() => noisyLabels([3], { share: 1, classes: [3] }), /classes has 1/);
  assert.throws(() => noisyLabels([4], { share: 1, classes: [3, 5] }), /labels\[0\] is 4/);
  assert.throws(() => noisyLabels([10], { share: 0 }), /labels\[0\] is 10/);
  assert.throws(() => randomLabels([1], { classes: [] }), /classes is empty/);
});
