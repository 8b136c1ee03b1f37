/**
 * Running the tools that fetch packages (pip, npm), and watching what they write meanwhile.
 *
 * @module
 */
import { largestFile } from "./files.ts";

/** A command and the arguments it always gets. */
export type Tool = readonly string[];

/** How a tool ended and what it said. */
export interface ToolResult {
  readonly success: boolean;
  /** Standard output and standard error, the latter last. */
  readonly said: string;
}

const WATCH_MS = 200;

/** How a tool is run and watched. */
export interface ToolOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A folder whose largest file is looked at now and then; `onBytes` is told its size. */
  readonly watch?: string;
  readonly onBytes?: (bytes: number) => void;
  /** Told each line of standard output. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a tool to its end without a terminal. A tool that is not there has not succeeded.
 */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  { env = {}, cwd, watch, onBytes, onLine }: ToolOptions = {},
): Promise<ToolResult> {
  const [command, ...first] = tool;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(command, {
      args: [...first, ...args],
      env: { NO_COLOR: "1", ...env },
      cwd,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    return { success: false, said: `${command}: ${(error as Error).message}` };
  }
  const timer = watch && onBytes ? setInterval(() => onBytes(largestFile(watch)), WATCH_MS) : 0;
  try {
    const [out, err, { success }] = await Promise.all([
      readText(child.stdout, onLine),
      readText(child.stderr),
      child.status,
    ]);
    return { success, said: out + err };
  } finally {
    clearInterval(timer);
  }
}

async function readText(
  stream: ReadableStream<Uint8Array>,
  onLine?: (line: string) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let told = 0; // what comes before was told line by line
  for await (const piece of stream) {
    text += decoder.decode(piece, { stream: true });
    for (let end = text.indexOf("\n", told); end >= 0; end = text.indexOf("\n", told)) {
      onLine?.(text.slice(told, end));
      told = end + 1;
    }
  }
  return text;
}

/** The first of some tools that runs here, asked for its version; undefined if none does. */
export async function firstTool(tools: readonly Tool[]): Promise<Tool | undefined> {
  for (const tool of tools) {
    if ((await runTool(tool, ["--version"])).success) return tool;
  }
  return undefined;
}
