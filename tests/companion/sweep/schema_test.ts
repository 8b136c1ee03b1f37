import assert from "node:assert/strict";
import { Ajv } from "ajv";
import * as v from "valibot";
import { fieldSchema, SCHEMA_FILE, sweepSchema } from "../../../lib/companion/sweep/schema.ts";
import { fieldsOf, studies } from "../../../lib/experiments/mod.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

test("the tracked schema is that of the studies", async () => {
  const tracked = JSON.parse(await Deno.readTextFile(new URL(SCHEMA_FILE)));
  assert.deepEqual(tracked, JSON.parse(JSON.stringify(sweepSchema())), "run sweep/schema.ts again");
});

/** Values of all kinds that some field takes or refuses, at its bounds and beside them. */
const VALUES: readonly unknown[] = [
  ...[-1, 0, 0.5, 1, 1.5, 2, 3, 12, 64, 500, 8192, 8193, 10_000, 50_000, 1e6, 1e6 + 1, 1e9, 1e-7],
  ...["infinite", "relu", "erf", "myrtle-5", "fully-connected", "ntk", "", "no such"],
  ...[[0, 1], [2, 1], [1, 1], [0.5], [], [1, 4, 30], true, null, {}],
];

Deno.test("the schema refuses no value that a study takes", () => {
  const ajv = new Ajv({ strict: false });
  let [taken, refused] = [0, 0];
  for (const study of Object.values(studies)) {
    for (const field of fieldsOf(study.fields)) {
      const own = study.fields[field.name as keyof typeof study.fields] as v.GenericSchema;
      const inSchema = ajv.compile(fieldSchema(field, own) as object);
      for (const value of VALUES) {
        if (v.is(own, value)) {
          taken++;
          assert(inSchema(value), `${study.name}: ${field.name} ${JSON.stringify(value)}`);
        } else if (!inSchema(value)) refused++;
      }
    }
  }
  assert(taken > 200 && refused > 500, `${taken} taken, ${refused} refused`);
});

Deno.test("bounds and names of fields are in the schema", () => {
  const ajv = new Ajv({ strict: false });
  const is = ajv.compile(sweepSchema() as object);
  const base = (fields: object) => is({ study: "speed-limit", base: fields });
  assert(base({ width: 8192, n: 50_000, horizon: 1e6, tolerance: 0.2, activation: "erf" }));
  for (
    const wrong of [
      { width: 8193 },
      { n: 0 },
      { n: 1.5 },
      { horizon: 0 },
      { tolerance: 0.3 },
      { activation: "no such" },
      { seeds: "3" },
      { testImages: 1 },
      { threshold: 1 },
    ]
  ) assert(!base(wrong), JSON.stringify(wrong));
});
