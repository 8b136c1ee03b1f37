/**
 * The packed library in other projects, as a stranger has it: `deno run -A tests/package/from_outside.ts
 * [--package FILE] [--folder FOLDER]`. It packs the library (or takes a file that `deno task pack` made),
 * installs it by npm in a new project, and there computes what is known in closed form: in Node, in
 * Deno with its own types checked and TensorFlow, and in Chromium by a page that Vite built. It
 * needs npm, its registry or cache, and a few minutes; a folder that is named is kept.
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { packLibrary } from "../../lib/companion/cli/pack.ts";
import { watchedPage, withChromium } from "../companion/chromium.ts";

const { values } = parseArgs({
  options: { package: { type: "string" }, folder: { type: "string" } },
});
const folder = values.folder ?? await Deno.makeTempDir({ prefix: "speed-limits-outside-" });
await Deno.mkdir(folder, { recursive: true });

const name = "@speed-limits/companion";
const program = await Deno.readTextFile(new URL("./programs/pure_subjects.js", import.meta.url));
const put = async (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
};

async function run(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [said, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, `${command} ${args.join(" ")}\n${said}\n${told}`);
  return said + told;
}

async function step(what: string, work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  console.log(`${what}: ok (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

await put({
  "package.json": JSON.stringify({ private: true, type: "module" }),
  "deno.json": JSON.stringify({ nodeModulesDir: "manual" }),
  "pure.js": program,
  "node.js": `import { verdict } from "./pure.js";
    for (const subject of ["datasets", "dynamics", "experiments", "figures", "networks", "ntk", "numerics", "tensorflow"]) {
      await import("${name}/" + subject);
    }
    await import("${name}");
    console.log(verdict());`,
  // The whole library: a network's flow, its bound, and OpenBLAS.
  "deno.ts":
    `import { cachedRun, fullyConnected, gradientFlow, inefficiency, infiniteKernels, linearAlgebra,
      type StudyName, type Trajectory } from "${name}";
    import { verdict } from "./pure.js";
    // Names of tables, whose types the package has to tell: all of them, and no others.
    const study: StudyName = "kernels";
    // @ts-expect-error there is no such activation
    if (!study) fullyConnected({ widths: [2, 1], activation: "rleu" });
    const network = fullyConnected({ widths: [2, 8, 1], activation: "erf" });
    const images = { shape: [4, 2], data: Float32Array.of(0, 1, 1, 0, 1, 1, -1, 1) };
    const data = { images, targets: { shape: [4, 1], data: Float32Array.of(1, -1, 0, 0) } };
    const { trajectory }: { trajectory: Trajectory } = await gradientFlow(network, data, { horizon: 1 });
    const { inefficiency: ratio } = inefficiency(trajectory);
    if (!(ratio.at(-1)! >= 1 && ratio.at(-1)! < 2)) throw new Error("T/T_SL is " + ratio.at(-1));
    const kept = () => cachedRun({ outside: 1 }, () => Promise.resolve({ result: 2, whole: true }), { folder: "runs" });
    if (await kept() + await kept() !== 4) throw new Error("a run was not kept");
    console.log(linearAlgebra().backend, verdict());`,
  "index.html": `<!doctype html><title>…</title><script type="module" src="/page.js"></script>`,
  "page.js": `import { readRecording } from "${name}/recordings";
    import { verdict } from "./pure.js";
    const file = new File(["time,loss,displacement,pathLength\\n0,2,0,0\\n1,1,1,1\\n"], "run.csv");
    const { path } = await readRecording(file);
    const refused = await readRecording("run.csv").catch((error) => error.message);
    document.title = verdict() + ", " + path.loss[1] + ", " + refused;`,
});

let file = values.package;
await step(
  "packed",
  async () => file ??= await packLibrary({ output: join(folder, "library.tgz") }),
);
const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
await step("installed by npm", () => run("npm", "install", ...quietly, file!, "vite@8.3.8"));
await step("Node: every subject loads, and what is pure is right", async () => {
  assert.match(await run("node", "node.js"), /^right$/m);
});
await step("Deno: a consumer's types", () => run(Deno.execPath(), "check", "deno.ts"));
await step("Deno, nodeModulesDir manual: the whole library, with TensorFlow", async () => {
  assert.match(await run(Deno.execPath(), "run", "-A", "deno.ts"), /^openblas right$/m);
});
await step("Vite: a page of the pure subjects", async () => {
  await run("npx", "vite", "build");
  const types = { html: "text/html", js: "text/javascript" } as Record<string, string>;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const path = pathname === "/" ? "/index.html" : pathname;
      const type = types[path.split(".").at(-1)!];
      if (!type) return new Response(null, { status: 204 });
      const headers = { "content-type": type };
      return new Response(await Deno.readFile(join(folder, "dist", path)), { headers });
    },
  );
  try {
    await withChromium(async (browser) => {
      const { page, errors } = await watchedPage(browser);
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      await page.waitForFunction("document.title !== '…'", { timeout: 60_000 });
      assert.match(await page.title(), /^right, 1, run\.csv: a page reads no file by its name/);
      assert.deepEqual(errors.filter((text) => !/ml-matrix/.test(text)), []);
    });
  } finally {
    await server.shutdown();
  }
});
if (!values.folder) await Deno.remove(folder, { recursive: true });
