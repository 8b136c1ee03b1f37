/**
 * Serves the site on this machine alone.
 *
 * @module
 */
import { createServer } from "node:http";
import sirv from "sirv";

/** The port that is tried unless another is given. */
export const PORT = 8765;

/** The browser itself is told to ask nothing of other machines. */
const POLICY = "default-src 'self' 'unsafe-inline' data: blob:; object-src 'none'; base-uri 'self'";

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
export function serveFolder(folder: string, port: number = PORT): Promise<Served> {
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new RangeError(`port is ${port}; it must be a whole number from 0 to 65535`);
  }
  // `dev`: files are looked for when they are asked for, so that a site built anew is seen at once.
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("x-content-type-options", "nosniff");
    files(request, response, () => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end("There is no such page.\n");
    });
  });
  return new Promise((resolve, reject) => {
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
