import assert from "node:assert/strict";
import { derivation } from "../../../lib/figures/mod.ts";
import { showDerivation } from "../../../lib/notebook/mod.ts";

const OU = {
  m: "m_0 * exp(-k * t)",
  c: "s / k + (c_0 - s / k) * exp(-2 * k * t)",
  p: "exp(-(x - m)^2 / (2 * c)) / sqrt(2 * pi * c)",
  v: "-k * x + s * (x - m) / c",
};

/** Whether a line holds. */
async function holds(line: string, options: Omit<Parameters<typeof derivation>[0], "steps"> = {}) {
  try {
    await derivation({ ...options, steps: [line] });
    return true;
  } catch (error) {
    assert.match(String(error), /does not hold/);
    return false;
  }
}

Deno.test("right lines hold, and each of their wrong neighbours is noticed", async () => {
  const cases: [right: string, wrong: string, options?: Parameters<typeof holds>[1]][] = [
    ["d(x^3, x) = 3 * x^2", "d(x^3, x) = 3 * x^2 + 0.000001"],
    ["(a + b)^2 = a^2 + 2 * a * b + b^2", "(a + b)^2 = a^2 + b^2"],
    ["partial(x * y^2, y) = 2 * x * y", "partial(x * y^2, x) = 2 * x * y"],
    ["at(a * x, x, y) = a * y", "at(a * x, x, y) = a * x"],
    ["bracket(x^2, x, a, b) = b^2 - a^2", "bracket(x^2, x, a, b) = a^2 - b^2"],
    ["integral(x^2, x, 0, a) = a^3 / 3", "integral(x^2, x, 0, a) = a^3 / 3.0001"],
    [
      "integral(exp(-a * x), x, 0, Infinity) = 1 / a",
      "integral(exp(-a * x), x, 0, Infinity) = a",
    ],
    ["limit((1 - cos(x)) / x^2, x, 0) = 1 / 2", "limit((1 - cos(x)) / x^2, x, 0) = 1 / 3"],
    ["limit(n / (n + a), n, Infinity) = 1", "limit(n / (n + a), n, Infinity) = a"],
    // However small the sides are, and where terms of any size cancel.
    ["a^2 = a^2", "a^2 = 3 * a^2", { ranges: { a: [1e-8, 1e-6] } }],
    ["(a + b)^2 - a^2 - 2 * a * b = b^2", "(a + b)^2 - a^2 = b^2", { ranges: { b: [1e-9, 1e-8] } }],
    ["a + b - a = b", "a + b - a = 2 * b", { ranges: { b: [1e-7, 1e-6] } }],
    ["a^2 + b^2 >= 2 * a * b", "a^2 + b^2 <= 2 * a * b"],
    ["1 <= a", "1 >= a", { ranges: { a: [1.01, 3] } }],
    // The law of an Ornstein–Uhlenbeck process obeys its continuity equation; not with half the noise.
    [
      "partial(p, t) + partial(p * v, x) = 0",
      "partial(p, t) + partial(p * (v + s * (x - m) / (2 * c)), x) = 0",
      { known: OU },
    ],
  ];
  for (const [right, wrong, options] of cases) {
    assert(await holds(right, options), right);
    assert(!await holds(wrong, options), wrong);
  }
});

Deno.test("a chain is checked link by link, and mathjs finds what is asked for", async () => {
  const { steps } = await derivation({ steps: [["d(x^2 / 2, x) = ? = 2 * x / 2", "slope"]] });
  assert.deepEqual(steps.map(({ left, relation }) => [left !== "", relation]), [
    [true, "="],
    [false, "="],
  ]);
  assert.equal(steps[0].right.replaceAll(" ", ""), "x");
  assert.equal(steps[0].words, "slope");
  assert(!await holds("x = x = 2 * x"));
});

Deno.test("definitions nest, are shown once, and cannot go in circles", async () => {
  const { steps } = await derivation({
    known: { a: "2 * b" },
    given: { c: "a^2" },
    steps: ["c = 4 * b^2", "d(c, b) = 8 * b"],
  });
  assert.deepEqual(steps.map(({ relation }) => relation), [":=", "=", "="]);
  await assert.rejects(
    derivation({ given: { a: "b", b: "a + 1" }, steps: ["a = a"] }),
    /a is defined by itself: a → b → a/,
  );
});

Deno.test("a name that stands for an expression is no variable", async () => {
  const given = { c: "exp(-t)", F: "c^2" };
  // What c stands for is put in first: without the check d(F, c) = 0 would pass.
  await assert.rejects(derivation({ given, steps: ["d(F, c) = 0"] }), /c stands for an expression/);
  assert(await holds("d(F, t) = -2 * c^2", { given }));
});

Deno.test("a variable that an operator binds is its own", async () => {
  assert(await holds("integral(x, x, 0, x) = x^2 / 2"));
  assert(await holds("at(integral(x * y, x, 0, 1), x, 5) = y / 2"));
});

Deno.test("what cannot be read or found is told", async () => {
  const told: [string, RegExp][] = [
    ["x + 1", /has one side/],
    ["? = x", /begins with "\?"/],
    ["integral(x, x, 0, 1) = ?", /cannot find/],
    ["d(integral(x, x, 0, y), y) = y", /cannot be differentiated/],
    ["d(x) = 1", /must have 2 operands/],
    ["d(x, 2) = 1", /the second of them a variable/],
    ["log(-x) = 1", /must be finite/],
    ["x + = 1", /Unexpected/],
  ];
  for (const [line, message] of told) {
    await assert.rejects(derivation({ steps: [line] }), message, line);
  }
});

Deno.test("a derivation is shown in the paper's symbols, with how well it holds", async () => {
  const shown = await showDerivation(
    await derivation({
      given: { D: "lambda * r^2" },
      symbols: { D: "\\Delta L", r: "r_k" },
      ranges: { lambda: [1, 2] },
      steps: [["d(D, r) = 2 * lambda * r", "slope"], "exp(-r)^2 = exp(-2 * r)"],
    }),
  );
  const text = String(shown?.["text/markdown"]).replaceAll(" ", "");
  assert(text.includes("\\DeltaL&:=\\lambda\\,{r_k}^{2}"), text);
  assert(text.includes("\\frac{d\\DeltaL}{dr_k}&=2\\,\\lambda\\,r_k&&\\text{slope}"), text);
  assert(text.includes("\\left(e^{-r_k}\\right)^{2}"), text);
  assert.match(text, /at10randompoints\(1<lambda<2,othersbetween0.3and2\);/);
});
