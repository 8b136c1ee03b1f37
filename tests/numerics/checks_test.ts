import assert from "node:assert/strict";
import {
  type Check,
  checkFlag,
  checkFunction,
  checkInstance,
  checkInteger,
  checkIterable,
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  didYouMean,
  maybe,
  must,
  shown,
} from "../../lib/numerics/checks.ts";

const anything: readonly unknown[] = [
  ...[undefined, null, true, 0, 1, -1, 0.5, NaN, Infinity, 3n, "", "1", Symbol("x"), () => 1],
  ...[[], [1], [NaN], ["1"], [, 1], [[1]], {}, { a: 1 }, new Date(0), new Map(), /x/],
  ...[Float64Array.of(1), Float64Array.of(NaN), new DataView(new ArrayBuffer(8))],
  ...[new BigInt64Array(1), new AbortController().signal, Object.create(null), new Proxy({}, {})],
];

/** What of all this the check lets pass, as an error would show it. */
const passing = (check: Check) =>
  anything.filter((value) => {
    try {
      return check("it", value as never) === value || Number.isNaN(value);
    } catch (error) {
      assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
      assert.match(error.message, /^it(\[0\])? (is|has) .*; it must (be|have) /);
      return false;
    }
  }).map(shown);

Deno.test("each check lets pass what it names, of all kinds of things", () => {
  const passes: Record<string, [Check, string[]]> = {
    text: [checkText, ['""', '"1"']],
    flag: [checkFlag, ["true"]],
    function: [checkFunction, ["a function"]],
    integer: [checkInteger, ["1"]],
    positive: [checkPositive, ["1", "0.5"]],
    number: [checkNumber, ["0", "1", "-1", "0.5"]],
    above: [must(checkNumber, { above: -1, below: 1 }), ["0", "0.5"]],
    infinite: [must(checkNumber, { least: 0, infinite: true }), ["0", "1", "0.5", "Infinity"]],
    gaps: [must(checkNumber, { gaps: true }), ["0", "1", "-1", "0.5", "NaN", "Infinity"]],
    oneOf: [must(checkOneOf, ["1", "2"]), ['"1"']],
    maybe: [maybe(checkFlag), ["undefined", "true"]],
    numbers: [checkNumbers, ["Array of 0", "Array of 1", "Float64Array of 1"]],
    column: [must(checkNumbers, { gaps: true }), [
      ...["Array of 0", "Array of 1", "Array of 1", "Float64Array of 1", "Float64Array of 1"],
    ]],
    one: [must(checkNumbers, { length: 1 }), ["Array of 1", "Float64Array of 1"]],
    list: [must(checkList, checkText), ["Array of 0", "Array of 1"]],
    some: [must(checkList, checkText, 1), ["Array of 1"]],
    iterable: [checkIterable, [
      ...["Array of 0", "Array of 1", "Array of 1", "Array of 1", "Array of 2", "Array of 1"],
      ...["an object of type Map", "Float64Array of 1", "Float64Array of 1"],
      "BigInt64Array of 1",
    ]],
    signal: [must(checkInstance, AbortSignal), ["an object of type AbortSignal"]],
    record: [must(checkRecord, {}), [
      ...["an object of type Object", "an object of type Object"],
      ...["an object of type unknown", "an object of type Object"],
    ]],
  };
  for (const [name, [check, expected]] of Object.entries(passes)) {
    assert.deepEqual(passing(check), expected, name);
  }
});

Deno.test("options: no other names, wherever they come from, and each as it must be", () => {
  const f = (options: { readonly n: number; readonly deep?: boolean }) =>
    checkOptions("options", options, { n: checkInteger, deep: maybe(checkFlag) });
  const given = { n: 1 };
  assert.equal(f(given), given);
  const wide = { n: 1, width: undefined };
  assert.equal(f(wide), wide, "what is undefined is as what is left out");
  const wrong = f as (options: unknown) => unknown;
  for (const value of [undefined, null, 1, "n", [], new Date(0), new Map([["n", 1]])]) {
    assert.throws(() => wrong(value), /^TypeError: options is .*; it must be an object of options/);
  }
  const polluted = JSON.parse('{"n": 1, "__proto__": 1}');
  assert.throws(() => wrong(polluted), /unknown option __proto__; options are n, deep$/);
  assert.throws(() => wrong({ n: 1, constructor: 1 }), /unknown option constructor/);
  assert.throws(() => wrong({ n: 1, dep: true }), /option dep \(did you mean deep\?\)/);
  assert.throws(() => wrong({ n: 1, deep: null }), /^TypeError: deep is null; it must be true or/);
  assert.throws(() => {
    // @ts-expect-error by its type, every option must be listed
    checkOptions("options", { n: 1, m: 2 }, { n: checkInteger });
  }, /unknown option m/);
});

Deno.test("a record tells what it must be, once, and keeps the error's class", () => {
  const network = (value: unknown) =>
    checkRecord(
      "network",
      value,
      { layers: must(checkList, must(checkRecord, { name: checkText }, "a layer")) },
      "a network",
    );
  assert.throws(() => network([]), /^TypeError: network is Array of 0; it must be a network$/);
  assert.throws(
    () => network({ layers: [{}] }),
    /^TypeError: network.layers\[0\].name is undefined; it must be text \(network.layers\[0\] must be a layer\)$/,
  );
  assert.ok(network({ layers: [{ name: "dense", more: 1 }] }));
});

Deno.test("a name is suggested only where it is near", () => {
  assert.equal(didYouMean("Widht", ["width", "n"]), " (did you mean width?)");
  assert.equal(didYouMean("x", ["n"]), "");
  assert.equal(didYouMean("", []), "");
  assert.equal(didYouMean("alhpa", ["beta", "alpha"]), " (did you mean alpha?)");
  assert.equal(didYouMean("alhpa", ["beta", "alphas"]), " (did you mean alphas?)");
  assert.equal(didYouMean("laphas", ["beta", "alpha"]), " (did you mean alpha?)");
  assert.equal(didYouMean("zlqhb", ["alpha"]), "");
  // A part of one name alone is that name; of two, neither.
  assert.equal(didYouMean("speed", ["speed-limit", "kernels"]), " (did you mean speed-limit?)");
  assert.equal(didYouMean("weight", ["weight-std-in", "weight-std-out"]), "");
  assert.equal(didYouMean("", ["alpha"]), "");
  assert.equal(didYouMean("x".repeat(1e6), ["alpha"]), "");
});

Deno.test("of two names that are near the nearer one is suggested", () => {
  assert.equal(didYouMean("seedd", ["speed", "seed"]), " (did you mean seed?)");
});
