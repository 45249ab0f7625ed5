// Every page and every drawing is valid markup: the Nu HTML checker has nothing to say, not even a warning.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import jar from "vnu-jar";

import { hostile } from "./hostile.mjs";
import { siteOf } from "./site.mjs";

// The checker opens files, which have no host that a policy's `'self'` could mean; pages.test.mjs asks the browser.
const WITHOUT_A_HOST = /^Resource violates Content Security Policy \(meta tag\): .* blocked by /;

/** What the checker says of files of one kind, `--html` or `--svg`. */
async function check(kind, files) {
  const options = ["-Xss8m", "-jar", jar, "--stdout", "--format", "json", "--exit-zero-always", kind, ...files];
  const { stdout } = await promisify(execFile)("java", options, { maxBuffer: 1 << 28 });
  return JSON.parse(stdout)
    .messages.filter(({ message }) => !WITHOUT_A_HOST.test(message))
    .map(({ type, url, lastLine, message, extract }) => `${type} in ${url}:${lastLine}: ${message} «${extract}»`);
}

for (const [name, source] of [["the sample"], ["a hostile site", hostile]]) {
  describe(name, () => {
    const built = siteOf(source);

    for (const [end, kind] of [[".html", "--html"], [".svg", "--svg"]]) {
      test(`every ${end} is valid`, async () => {
        const files = built.files(end).map((file) => join(built.output, file));
        assert.ok(files.length > 0);
        const said = await check(kind, files);
        assert.equal(said.length, 0, said.slice(0, 20).join("\n"));
      });
    }
  });
}
