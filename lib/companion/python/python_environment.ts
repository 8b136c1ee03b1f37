/**
 * The project's own Python environment, `.venv`: JupyterLab, nbclient and nbconvert, pinned by
 * requirements.txt, made by whichever tool works on this machine.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "../../resources/mod.ts";
import {
  makePartial,
  putInPlace,
  removeIfPossible,
  removePartials,
} from "../../resources/files.ts";
import { UNWRITABLE, withProjectLock } from "../project_lock.ts";
import { firstTool, runTool, type Tool, type ToolResult } from "../../resources/run_tool.ts";
import { fetchError, fileError, SetUpError } from "../../resources/set_up_error.ts";
import { buildFolder } from "../../notebook/folders.ts";
import { pythonEnvironmentFolder } from "../folders.ts";
import { uvVariables } from "./pip_settings.ts";

/** How the environment is made. */
export interface EnvironmentOptions {
  /** Its folder. */
  readonly folder?: string;
  /** The file of pinned packages. */
  readonly requirements?: string;
  /** What it is for, as messages call it. */
  readonly what?: string;
  /** The least minor version of Python 3 that these packages take. */
  readonly leastPython?: number;
  /** The last one that they take, where there is one. */
  readonly mostPython?: number;
  /** What pip and uv are told besides the file. */
  readonly flags?: readonly string[];
  readonly onProgress?: OnProgress;
  /** Where it is made, and the lock lies that keeps two set-ups apart. */
  readonly workFolder?: string;
}

const NAME = "python-environment";

// Written last, with the requirements' hash: an environment without it is not whole.
const MARKER = "speed-limits-complete";

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
const UV = fileURLToPath(new URL("uv.txt", import.meta.url));

/** The Python of an environment. */
export function pythonOf(folder: string = pythonEnvironmentFolder): string {
  return Deno.build.os === "windows"
    ? join(folder, "Scripts", "python.exe")
    : join(folder, "bin", "python");
}

/**
 * The Python of the project's environment.
 *
 * @throws {Error} if the environment is not set up.
 */
export async function pythonOfProject(): Promise<string> {
  const path = pythonOf();
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  throw new Error(`the Python environment is not set up (no ${path}): run \`deno task setup\``);
}

/**
 * Sees to it that the environment is there and whole, and gives its Python.
 *
 * It is made aside and put in place when it is whole, so that a try that was killed, or a tool that
 * outlived it, leaves nothing in it. One made from other requirements is replaced: the folder
 * belongs to this project alone.
 *
 * @throws {SetUpError} if no tool on this machine can make it, naming each and why.
 */
export async function acquirePythonEnvironment(options: EnvironmentOptions = {}): Promise<string> {
  const {
    folder = pythonEnvironmentFolder,
    requirements = REQUIREMENTS,
    what = "JupyterLab with what it needs",
    leastPython = 9,
    mostPython = Infinity,
    flags = ["--require-hashes"],
    workFolder = buildFolder,
    onProgress,
  } = options;
  if (await isWhole(folder, requirements)) return pythonOf(folder);
  try {
    return await withProjectLock(join(workFolder, `.${NAME}.lock`), async () => {
      if (!await isWhole(folder, requirements)) {
        const how = { what, leastPython, mostPython, flags, workFolder, onProgress };
        await make({ folder, requirements, ...how });
      }
      return pythonOf(folder);
    }, (holder) => onProgress?.({ done: 0, note: `waiting for ${holder}, which is at it too` }));
  } catch (error) {
    throw fileError(error, folder, UNWRITABLE);
  }
}

async function isWhole(folder: string, requirements: string): Promise<boolean> {
  const marker = join(folder, MARKER);
  if (!existsSync(marker) || readFileSync(marker, "utf8") !== hashOf(requirements)) return false;
  // An upgrade of the Python below it leaves an environment behind that finds no packages.
  const packages = "import os, sysconfig; os.listdir(sysconfig.get_path('purelib'))";
  return (await runTool([pythonOf(folder)], ["-c", packages])).success;
}

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

async function make(
  { folder, requirements, what, leastPython, mostPython, flags, workFolder, onProgress }:
    & Required<Omit<EnvironmentOptions, "onProgress">>
    & Pick<EnvironmentOptions, "onProgress">,
): Promise<void> {
  removePartials(workFolder, NAME);
  const failures: { readonly way: string; readonly said: string; readonly fetching: boolean }[] =
    [];
  for (const { way, create, installers } of await ways(leastPython, mostPython)) {
    const partial = makePartial(workFolder, NAME);
    try {
      onProgress?.({ done: 0, note: "installing" });
      const created = await create(partial);
      if (!created.success) {
        failures.push({ way, said: created.said, fetching: false });
        continue;
      }
      for (const { tool, env } of await installers(partial)) {
        let done = 0;
        const onLine = (line: string) => {
          if (line.startsWith("Collecting ")) onProgress?.({ done: ++done, note: "installing" });
        };
        const arguments_ = [...flags, "--requirement", requirements];
        const installed = await runTool(tool, arguments_, { env, onLine });
        if (installed.success) {
          moveScripts(partial, folder);
          writeFileSync(join(partial, MARKER), hashOf(requirements));
          putInPlace(partial, folder);
          return;
        }
        failures.push({ way, said: installed.said, fetching: true });
      }
    } finally {
      removeIfPossible(partial);
    }
  }
  const fetching = failures.filter((failure) => failure.fetching).at(-1);
  if (fetching) {
    const tool = fetching.way === "uv" ? "uv" : "pip";
    throw fetchError(what, tool, fetching.said);
  }
  throw new SetUpError(
    failures.length === 0
      ? `no Python 3.${leastPython} or later was found. ${whatToDo(leastPython, mostPython)}`
      : `the Python environment cannot be made. ${
        whatToDo(leastPython, mostPython)
      }. What was tried:\n${
        failures.map(({ way, said }) => `  ${way}: ${shortly(said)}`).join("\n")
      }`,
  );
}

// The scripts of an environment name its Python by its path; nothing else in it does.
function moveScripts(from: string, to: string): void {
  const folder = dirname(pythonOf(from));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isFile() || statSync(path).size > 1e6) continue;
    const bytes = readFileSync(path);
    if (bytes.includes(0)) continue; // a program
    const text = bytes.toString("utf8");
    if (text.includes(from)) writeFileSync(path, text.replaceAll(from, to)); // keeps its rights
  }
}

const whatToDo = (least: number, most: number) =>
  `Install Python 3.${least} or later${
    most < Infinity ? `, up to 3.${most},` : ""
  } with its venv module (Debian, Ubuntu: ` +
  "apt install python3-venv; macOS: brew install python), or uv, and run the set-up again";

/** A way to make an environment: its name, the step that makes it, what may then install into it. */
interface Way {
  readonly way: string;
  readonly create: (folder: string) => Promise<ToolResult>;
  /** One after another, till one succeeds: none installs anything before it has fetched all. */
  readonly installers: (folder: string) => Promise<Installer[]>;
}

interface Installer {
  readonly tool: Tool;
  readonly env?: Readonly<Record<string, string>>;
}

async function ways(least: number, most: number): Promise<Way[]> {
  const python = await findPython(least, most);
  const found: Way[] = [];
  const uv = await firstTool([["uv"], ["python3", "-m", "uv"]]);
  if (uv) {
    found.push({
      way: "uv",
      create: (folder) =>
        runTool(uv, [
          "venv",
          "--clear",
          "--no-project",
          "--python",
          python ?? `>=3.${least}${most < Infinity ? `,<3.${most + 1}` : ""}`,
          folder,
        ]),
      installers: (folder) => Promise.resolve([{ tool: byUv(uv, folder) }]),
    });
  }
  if (python) {
    found.push({
      way: "python3 -m venv",
      create: (folder) => runTool([python], ["-m", "venv", folder]),
      installers: ownTools,
    });
  }
  const virtualenv = await firstTool([
    ["virtualenv"],
    ...(python ? [[python, "-m", "virtualenv"]] : []),
  ]);
  if (virtualenv) {
    found.push({
      way: "virtualenv",
      create: (folder) => runTool(virtualenv, [...(python ? ["--python", python] : []), folder]),
      installers: ownTools,
    });
  }
  return found;
}

const byUv = (uv: Tool, folder: string): Tool => [
  ...uv,
  ...["pip", "install", "--python", pythonOf(folder)],
];

/** uv, which pip fetches, as it asks for many packages at once: a quarter of pip's time; then pip. */
async function ownTools(folder: string): Promise<Installer[]> {
  const pip = [pythonOf(folder), "-m", "pip"];
  const quietly = ["--retries", "2", "--no-input", "--disable-pip-version-check"];
  const byPip = [...pip, "install", ...quietly];
  const { success } = await runTool(byPip, ["--require-hashes", "--requirement", UV]);
  if (!success) return [{ tool: byPip }];
  const env = uvVariables((await runTool(pip, ["config", "list"])).said);
  return [{ tool: byUv([pythonOf(folder), "-m", "uv"], folder), env }, { tool: byPip }];
}

async function findPython(least: number, most: number): Promise<string | undefined> {
  const names = [
    "python3",
    "python",
    ...[14, 13, 12, 11, 10, 9].map((minor) => `python3.${minor}`),
  ];
  const fits = `(3, ${least}) <= sys.version_info < (3, ${Math.min(most, 999) + 1})`;
  const path = `import sys; ${fits} or sys.exit(1); print(sys.executable)`;
  for (const name of names) {
    const { success, said } = await runTool([name], ["-c", path]);
    if (success) return said.split("\n")[0];
  }
}

function shortly(said: string): string {
  return said.trim().split("\n").slice(-6).join("\n    ");
}
