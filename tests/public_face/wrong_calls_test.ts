import assert from "node:assert/strict";
import fc from "fast-check";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { publicArguments } from "./arguments/mod.ts";
import type { Kind } from "./kinds.ts";
import * as face from "../../lib/mod.ts";
import { amiss, argumentsWith, type Wrong, wrongCalls } from "./wrong_calls.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

type AnyFunction = (...args: unknown[]) => unknown;

const isClass = (value: AnyFunction) => /^class\b/.test(Function.prototype.toString.call(value));
const functions = Object.entries(face as Readonly<Record<string, unknown>>)
  .filter(([, value]) => typeof value === "function" && !isClass(value as AnyFunction))
  .map(([name]) => name);
const called = (name: string) => (face as unknown as Record<string, AnyFunction>)[name];

Deno.test("the arguments of every public function are told", () => {
  assert.deepEqual(Object.keys(publicArguments).sort(), functions.toSorted());
  assert.ok(functions.length > 250, `only ${functions.length} functions were found`);
});

/** Every wrong call there is, of every function. */
const wrong: [name: string, wrong: Wrong][] = functions.flatMap((name) =>
  [...wrongCalls(publicArguments[name] ?? {})].map((one): [string, Wrong] => [name, one])
);

const failure = async ([name, one]: [string, Wrong]) => {
  const what = await amiss(called(name), argumentsWith(publicArguments[name], one), one);
  return what && `${name}: ${one.path.join(".")} ← ${one.how}: ${what}`;
};

Deno.test("1,000 random wrong calls end in 1,000 errors that name the argument and its value", async () => {
  assert.ok(wrong.length > 12_000, `only ${wrong.length} wrong calls`);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...wrong), async (call) => {
      assert.equal(await failure(call), undefined);
    }),
    { numRuns: 1000 },
  );
});

const NUMBERS: readonly Kind["is"][] = ["finite", "number", "bounded", "extended"];

Deno.test("where a number is needed, 1,000 things that are none are refused", async () => {
  const places = wrong.filter(([, { kind, path }]) =>
    NUMBERS.includes(kind.is) && path.at(-1) !== "[]"
  );
  const noNumber = fc.anything({ withBigInt: true, withDate: true, withTypedArray: true })
    .filter((value) => typeof value !== "number" && value !== undefined);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), noNumber, async ([name, one], value) => {
      const args = argumentsWith(publicArguments[name], { ...one, value });
      await assert.rejects(async () => await called(name)(...args), (error: Error) => {
        assert.ok(error instanceof TypeError || error instanceof RangeError, `${name}: ${error}`);
        assert.ok(error.message.includes(one.path.at(-1)!), `${name}: ${error.message}`);
        return true;
      });
    }),
    { numRuns: 1000 },
  );
});

Deno.test("every function refuses every wrong call", async () => {
  const failures: string[] = [];
  for (const call of wrong) {
    const failed = await failure(call);
    if (failed) failures.push(failed);
  }
  assert.deepEqual(failures, []);
});

/** The parts that are read of `deno doc --json`. */
interface Typed {
  readonly kind: string;
  readonly value?: unknown;
}
interface Parameter {
  readonly kind: string;
  readonly optional?: boolean;
  readonly tsType?: Typed;
  readonly left?: Parameter;
}

test("what is told of the arguments is what their types say", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "lib/mod.ts"],
    cwd: projectFolder,
  }).output();
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
  const amissIn: string[] = [];
  let compared = 0;
  for (const { name, declarations } of Object.values(nodes as object).flatMap((n) => n.symbols)) {
    const last = declarations.findLast((one: { kind: string }) => one.kind === "function");
    if (!last) continue;
    const kinds = Object.entries(publicArguments[name]);
    const parameters: Parameter[] = last.def.params;
    if (parameters.length !== kinds.length) {
      amissIn.push(`${name} has ${parameters.length} arguments; ${kinds.length} are told of`);
      continue;
    }
    parameters.forEach((parameter, i) => {
      const { tsType } = parameter.left ?? parameter;
      const optional = parameter.kind === "assign" || parameter.optional === true ||
        mayBeUndefined(tsType);
      const [argument, kind] = kinds[i];
      compared++;
      const untold = !!tsType && differs(tsType, kind);
      if (untold || optional !== (kind.optional === true)) amissIn.push(`${name}: ${argument}`);
    });
  }
  assert.deepEqual(amissIn, []);
  assert.ok(compared > 400, `only ${compared} arguments were compared`);
});

const mayBeUndefined = (type?: Typed) =>
  type?.kind === "union" &&
  (type.value as readonly Typed[]).some(({ value }) => value === "undefined");

const NUMBER_KINDS = ["finite", "bounded", "extended", "number"];
/** Arguments that are checks' own values: any will do, and the check tells. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  number: [...NUMBER_KINDS, "anything"],
  string: ["text", "oneOf"],
  boolean: ["flag"],
};

/** Whether a type of plain words is told otherwise. */
function differs({ kind: of, value }: Typed, kind: Kind): boolean {
  if (of === "keyword") return !(KEYWORDS[value as string]?.includes(kind.is) ?? true);
  if (of === "fnOrConstructor") return kind.is !== "callable";
  if (of !== "typeLiteral") return false;
  const { properties = [] } = value as {
    readonly properties?: readonly { name: string; optional?: boolean; tsType?: Typed }[];
  };
  if (properties.length === 0) return false;
  if (kind.is !== "record") return true;
  return properties.some(({ name, optional, tsType }) => {
    const field = kind.fields[name];
    return !field || (optional === true) !== (field.optional === true) ||
      (!!tsType && differs(tsType, field));
  });
}
