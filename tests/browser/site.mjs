// Builds sites with the debug binary into a scratch folder and serves them, on this machine only.

import { execFileSync } from "node:child_process";
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, resolve, sep } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

const TARGET = process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target");

/** The program, as `cargo build` leaves it. */
export const BINARY = join(TARGET, "debug", process.platform === "win32" ? "tiendo.exe" : "tiendo");

/** The path below which a site is public: links must work below it as well as at a host's root. */
export const SUB_PATH = "/tien-do/";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/**
 * Serves a folder at `/` and at SUB_PATH, then builds a site into it, so that the site knows its address.
 *
 * `root` is the folder that holds `content/`. The site is gone once `close` was called.
 */
export async function site(root) {
  const scratch = mkdtempSync(join(tmpdir(), "tiendo-browser-"));
  const output = join(scratch, "output");
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(SUB_PATH) ? path.slice(SUB_PATH.length - 1) : path;
    const wanted = resolve(output, `.${inside.endsWith("/") ? `${inside}index.html` : inside}`);
    const found = wanted.startsWith(output + sep) && statSync(wanted, { throwIfNoEntry: false })?.isFile();
    const file = found ? wanted : join(output, "404.html");
    response.writeHead(found ? 200 : 404, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const options = ["--root", root, "--output", output, "--base-url", origin + SUB_PATH];
  execFileSync(BINARY, ["build", ...options], { stdio: ["ignore", "ignore", "pipe"] });
  return {
    origin,
    output,
    /** The files whose names end so, as paths from the site's root. */
    files(end) {
      const all = readdirSync(output, { recursive: true }).map((path) => path.split(sep).join("/"));
      return all.filter((path) => path.endsWith(end)).sort();
    },
    /** The address of a file or page, at the host's root or below the sub-path. */
    url: (path, below = SUB_PATH) => origin + below + path.replace(/(^|\/)index\.html$/, "$1"),
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/**
 * A built site for the tests around, gone after the last of them; its parts are there once they begin.
 *
 * `source` names the folder that holds `content/`; a folder of its own goes with the site.
 */
export function siteOf(source = () => REPOSITORY) {
  const here = {};
  before(async () => {
    here.root = source();
    Object.assign(here, await site(here.root));
  });
  after(() => {
    here.close?.();
    if (here.root && here.root !== REPOSITORY) rmSync(here.root, { recursive: true, force: true });
  });
  return here;
}

/** A path below the site's root, for messages. */
export const named = (url) => relative("/", new URL(url).pathname);
