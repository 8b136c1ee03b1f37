/**
 * Serves the site on this machine alone.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { POLICY } from "./policy.ts";

/** The port that is tried unless another is given. */
export const PORT = 8765;

const METHODS = "GET, HEAD";
const MISSING = "There is no such page.";
/** This machine's own names, at any port: it may have been forwarded. */
const HERE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
/** A name that begins with a point, which sirv gives out where it looks for files anew. */
const HIDDEN = /(\/|%2f)(\.|%2e)/i;

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A port that cannot be had: in use, or not for this user. */
export class PortError extends Error {
  override readonly name = "PortError";
}

/** A site that is being served. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder on 127.0.0.1.
 *
 * @param port 0 for any that is free
 * @throws {RangeError} if the port is none.
 * @throws {PortError} saying what to do, if it cannot be had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { serveFolder } from "./serve.ts";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/index.html`, "<p>Hello");
 * const { url, close } = await serveFolder(folder, 0);
 * assert.equal(await (await fetch(url)).text(), "<p>Hello");
 * await close();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function serveFolder(folder: string, port: number = PORT): Promise<Served> {
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new RangeError(`port is ${port}; it must be a whole number from 0 to 65535`);
  }
  // Loaded here, for they read the environment as they are.
  const [{ default: compression }, { default: sirv }] = await Promise.all([
    import("compression"),
    import("sirv"),
  ]);
  // `dev`: files are looked for when they are asked for, so that a site built anew is seen at once.
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  // What text shrinks to a quarter is sent so: it may go to another machine by a forwarded port.
  const compressed = (compression as () => Middleware)();
  const server = createServer((request, response) => {
    // The browser itself is told to run and to ask for nothing but the site's.
    response.setHeader("content-security-policy", `${POLICY}; frame-ancestors 'none'`);
    response.setHeader("x-content-type-options", "nosniff");
    const answer = (status: number, text: string) => {
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", allow: METHODS });
      response.end(`${text}\n`);
    };
    const { method = "", headers: { host }, url = "" } = request;
    if (!METHODS.split(", ").includes(method)) return answer(405, "Pages can only be read.");
    // A page of another machine that has its name point here must not read the reader's results.
    if (host !== undefined && !HERE.test(host)) return answer(403, "Ask for 127.0.0.1.");
    if (HIDDEN.test(url)) return answer(404, MISSING);
    compressed(request, response, () => {
      files(request, response, () => answer(404, MISSING));
    });
  });
  return await new Promise((resolve, reject) => {
    server.on("error", (error: Error & { code?: string }) => {
      const why = { EADDRINUSE: "is in use by another program", EACCES: "is not for this user" }[
        error.code ?? ""
      ];
      reject(
        why
          ? new PortError(`port ${port} ${why}: end that one, or name another with --port`)
          : error,
      );
    });
    server.listen(port, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}/`, close });
    });
  });
}
