/**
 * A headless Chromium for tests of pages.
 *
 * @module
 */
import process from "node:process";
import type { Browser, Page } from "puppeteer-core";
import { chromiumProgram } from "./chromium_program.ts";

export type { Browser, Page } from "puppeteer-core";

/** A page with what went wrong on it, filled while it is used. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, errors that no one caught, answers of 400 and above. */
  readonly errors: string[];
  /** Requests to anywhere but the page's own host. */
  readonly outside: string[];
  /** Every address that was asked for. */
  readonly requests: string[];
}

/** How a page is looked at. */
export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** A telephone: touch, and a page no wider than its screen. */
  readonly mobile?: boolean;
  readonly scripts?: boolean;
}

/**
 * Runs `work` with a fresh Chromium of its own profile, which ends with it. Names other than this
 * machine's are not even looked up.
 *
 * @throws {Error} saying what to do, if there is no Chromium and none can be had.
 */
export async function withChromium<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const { default: puppeteer } = await import("puppeteer-core"); // it reads the environment
  const { path, env } = await chromiumProgram();
  const profile = await Deno.makeTempDir({ prefix: "speed-limits-chromium-" });
  const browser = await puppeteer.launch({
    executablePath: path,
    userDataDir: profile,
    timeout: 60_000,
    protocolTimeout: 300_000,
    env: { ...process.env, ...env },
    handleSIGINT: false,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ...["--disable-dev-shm-usage", "--hide-scrollbars", "--font-render-hinting=none"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

/** A new page of a browser, watched from its first request on. */
export async function watchedPage(browser: Browser, view: View = {}): Promise<WatchedPage> {
  const { width = 1280, height = 900, dark = false, mobile = false, scripts = true } = view;
  const page = await browser.newPage();
  await page.setViewport({ width, height, isMobile: mobile, hasTouch: mobile });
  await page.setJavaScriptEnabled(scripts);
  const scheme = { name: "prefers-color-scheme", value: dark ? "dark" : "light" };
  await page.emulateMediaFeatures([scheme]);
  const watched: WatchedPage = { page, errors: [], outside: [], requests: [] };
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) watched.errors.push(message.text());
  });
  page.on("pageerror", (error) => watched.errors.push(String(error)));
  page.on("response", (answer) => {
    if (answer.status() >= 400) watched.errors.push(`${answer.status()} ${answer.url()}`);
  });
  page.on("request", (request) => {
    watched.requests.push(request.url());
    if (!isLocal(request.url())) watched.outside.push(request.url());
  });
  return watched;
}

function isLocal(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return ["data:", "blob:", "about:", "file:"].includes(protocol) ||
    ["127.0.0.1", "localhost"].includes(hostname);
}
