// The configurations of docs/deploy serve the sample as docs/deployment.md says, each in the server that it is for.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target");
const scratch = mkdtempSync(join(tmpdir(), "tiendo-servers-"));
const output = join(scratch, "output");

/** A port of this machine that nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A configuration as it is shipped, but for the folder, the port, and that only this machine is answered. */
function configuration(name, changes) {
  const shipped = readFileSync(join(REPOSITORY, "docs/deploy", name), "utf8");
  return changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `${name} has no ${from}`);
    return text.replaceAll(from, to);
  }, shipped);
}

const SERVERS = {
  nginx(port, folder) {
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    const own = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
    const text = configuration("nginx.conf", [
      ["listen 8080;", `listen 127.0.0.1:${port};`],
      ["/srv/tien-do/output", output],
      ["http {", `http { access_log off; ${own}`],
    ]);
    writeFileSync(join(folder, "nginx.conf"), text);
    const globals = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/errors;`;
    return ["nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", `${folder}/errors`, "-g", globals]];
  },
  caddy(port, folder) {
    const text = configuration("Caddyfile", [
      ["\n:8080 {", `\n{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n\nhttp://127.0.0.1:${port} {\n\tbind 127.0.0.1`],
      ["/srv/tien-do/output", output],
    ]);
    writeFileSync(join(folder, "Caddyfile"), text);
    return ["caddy", ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")]];
  },
};

/** The answer to a path, sent as it is. */
function ask(port, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Asks until the server listens or has ended. */
async function ready(server, port) {
  for (;;) {
    assert.equal(server.exitCode, null, "the server has ended");
    try {
      return await ask(port, "/");
    } catch {
      await new Promise((later) => setTimeout(later, 50));
    }
  }
}

before(() => {
  const binary = join(target, "debug", "tiendo");
  const options = ["--root", REPOSITORY, "--output", output, "--base-url", "https://example.org/"];
  execFileSync(binary, ["build", ...options], { stdio: ["ignore", "ignore", "pipe"] });
});
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const [name, prepare] of Object.entries(SERVERS)) {
  describe(name, () => {
    let server;
    let port;

    before(async () => {
      port = await freePort();
      const folder = join(scratch, name);
      mkdirSync(folder);
      const [program, options] = prepare(port, folder);
      const environment = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      server = spawn(program, options, { stdio: ["ignore", "ignore", "inherit"], env: environment });
      await ready(server, port);
    });
    after(async () => {
      const ended = new Promise((ended) => server.once("exit", ended));
      server.kill("SIGTERM");
      await ended;
    });

    test("pages are served, and led to where the last slash is missing", async () => {
      const home = await ask(port, "/");
      assert.equal(home.status, 200);
      assert.match(home.headers["content-type"], /^text\/html; charset=utf-8/i);
      assert.equal(home.body, readFileSync(join(output, "index.html"), "utf8"));
      assert.equal((await ask(port, "/nghi-quyet/")).status, 200);
      const led = await ask(port, "/nghi-quyet");
      assert.ok([301, 302, 307, 308].includes(led.status), `${led.status}`);
      assert.match(led.headers.location, /^(\/|http:\/\/127\.0\.0\.1:\d+\/)?nghi-quyet\/$/);
      assert.equal((await ask(port, "/don-vi/ben-tre/?q=1")).status, 200);
    });

    test("an unknown address is answered by the site's own page", async () => {
      for (const path of ["/khong-co/", "/nghi-quyet/khong-co", "/assets/khong-co.css"]) {
        const answer = await ask(port, path);
        assert.equal(answer.status, 404, path);
        assert.equal(answer.body, readFileSync(join(output, "404.html"), "utf8"), path);
        assert.doesNotMatch(answer.headers["cache-control"] ?? "", /immutable/, path);
      }
    });

    test("files have their types", async () => {
      for (const [path, type] of [
        ["/data/indicators.csv", /^text\/csv/],
        ["/data/datapackage.json", /^application\/json/],
        ["/robots.txt", /^text\/plain/],
        ["/sitemap.xml", /xml/],
      ]) {
        const answer = await ask(port, path);
        assert.equal(answer.status, 200, path);
        assert.match(answer.headers["content-type"], type, path);
      }
    });

    test("only what never changes is kept", async () => {
      const assets = readdirSync(join(output, "assets"));
      assert.ok(assets.length > 0);
      for (const asset of assets) {
        const { status, headers } = await ask(port, `/assets/${asset}`);
        assert.equal(status, 200, asset);
        assert.equal(headers["cache-control"], "public, max-age=31536000, immutable", asset);
        assert.equal(headers["x-content-type-options"], "nosniff", asset);
      }
      const { headers } = await ask(port, "/data/indicators.csv");
      assert.equal(headers["cache-control"], "no-cache");
      assert.equal(headers["x-content-type-options"], "nosniff");
    });

    test("nothing outside the folder is served", async () => {
      for (const path of ["/../nginx.conf", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd"]) {
        const { status, body } = await ask(port, path);
        assert.ok(status >= 400, `${path}: ${status}`);
        assert.doesNotMatch(body, /root:/, path);
      }
    });
  });
}
