import assert from "node:assert/strict";
import { exponentText } from "../../lib/mod.ts";

Deno.test("an exponent's brackets are an interval; one set has none, one window no range", () => {
  const pair = (low: number, high: number) => [low, high] as const;
  const law = { exponent: 1.176, wide: pair(1.1, 1.3) };
  assert.equal(exponentText({ ...law, interval: pair(1.15, 1.2) }), "1.18 [1.10, 1.30]");
  assert.equal(exponentText(law), "1.18 (windows 1.10–1.30)");
  assert.equal(exponentText({ ...law, wide: pair(1.176, 1.176) }), "1.18");
  assert.equal(exponentText({ ...law, wide: pair(1.1762, 1.1799) }), "1.18", "alike to two digits");
  assert.equal(exponentText({ ...law, wide: pair(NaN, NaN) }), "1.18");
  assert.equal(exponentText({ exponent: NaN, wide: pair(NaN, NaN) }), "undetermined");
  assert.throws(() => exponentText({ exponent: 1 } as never), /law\.wide is undefined/);
});
