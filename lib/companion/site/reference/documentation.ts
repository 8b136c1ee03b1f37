/**
 * The public functions and types with their documentation, as `deno doc` reads them.
 *
 * @module
 */
import { withProjectLock } from "../../project_lock.ts";
import { writeWhole } from "../../../resources/mod.ts";
import { buildFolder, projectFolder } from "../../../notebook/folders.ts";
import { libraryHash } from "../../library_files.ts";
import { declarationText, startOf } from "./declaration.ts";

/** A tag of a comment: @param, @returns, @throws, @example, … */
export interface DocTag {
  readonly kind: string;
  /** Of a parameter: what it is called. */
  readonly name?: string;
  /** Of an error: its type. */
  readonly type?: string;
  readonly text: string;
}

/** A public name. */
export interface PublicSymbol {
  readonly name: string;
  readonly kind: "function" | "interface" | "typeAlias" | "variable" | "class";
  /** The file that declares it, from lib/, and the line. */
  readonly file: string;
  readonly line: number;
  /** What its comment says before the tags, in Markdown. */
  readonly text: string;
  readonly tags: readonly DocTag[];
  /** Its declarations as the code has them, without bodies. */
  readonly declarations: readonly string[];
}

interface DocNode {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: PublicSymbol["kind"];
    /** The first line is 0. */
    readonly location: { readonly filename: string; readonly line: number };
    readonly jsDoc?: { readonly doc?: string; readonly tags?: readonly DocNodeTag[] };
    readonly def?: { readonly hasBody?: boolean };
  }[];
}

interface DocNodeTag {
  readonly kind: string;
  readonly name?: string;
  readonly doc?: string;
  readonly tsType?: { readonly repr?: string };
}

/**
 * What lib/mod.ts exports, in the order of the names; kept, and read anew when the code changes.
 *
 * @throws {Error} with the message of `deno doc`, if it cannot read the library.
 */
export async function publicSymbols(): Promise<readonly PublicSymbol[]> {
  const kept = `${buildFolder}/reference.json`;
  const hash = `deno ${Deno.version.deno}, library ${await libraryHash(() => true)}`;
  return await withProjectLock(`${kept}.lock`, async () => {
    const before = await Deno.readTextFile(kept).then(JSON.parse).catch(() => undefined);
    if (before?.hash === hash) return before.symbols;
    const symbols = await readSymbols();
    await writeWhole(kept, JSON.stringify({ hash, symbols }));
    return symbols;
  });
}

async function readSymbols(): Promise<PublicSymbol[]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "lib/mod.ts"],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder();
  if (!success) throw new Error(`the reference was not made:\n${said.decode(stderr)}`);
  const [{ symbols }] = Object.values(
    JSON.parse(said.decode(stdout)).nodes as Record<string, { symbols: DocNode[] }>,
  );
  const codes = new Map<string, string>();
  const found: PublicSymbol[] = [];
  for (const { name, declarations } of symbols) {
    // Of overloads the ones that can be called, not the function that holds the code.
    const open = declarations.filter(({ def }) => !def?.hasBody);
    const shown = declarations.length > 1 && open.length > 0 ? open : declarations;
    const { kind, location, jsDoc } = shown.find(({ jsDoc }) => jsDoc?.doc) ?? shown[0];
    const file = decodeURIComponent(location.filename.replace(/^.*?\/lib\//, ""));
    if (!codes.has(file)) {
      codes.set(file, await Deno.readTextFile(`${projectFolder}/lib/${file}`));
    }
    const code = codes.get(file)!;
    found.push({
      ...{ name, kind, file, line: location.line + 1, text: jsDoc?.doc ?? "" },
      tags: (jsDoc?.tags ?? []).map(({ kind, name, doc = "", tsType }) => ({
        ...{ kind, name, type: tsType?.repr, text: doc },
      })),
      declarations: shown.map(({ location: { line } }) => declarationText(startOf(code, line + 1))),
    });
  }
  return found;
}
