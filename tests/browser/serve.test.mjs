// Whoever writes sees each change on the open page, which keeps its place, and each mistake over it until it is mended.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { DESK, launch } from "./reader.mjs";
import { BINARY, REPOSITORY } from "./site.mjs";

const REPORT = "content/reports/2021/07-30-tp-ben-tre.md";
let root, server, origin, browser;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "tiendo-serve-"));
  cpSync(join(REPOSITORY, "content"), join(root, "content"), { recursive: true });
  server = spawn(BINARY, ["serve", "--root", root, "--port", "0", "--lang", "en"], { stdio: ["ignore", "pipe", "ignore"] });
  origin = await new Promise((found, failed) => {
    let said = "";
    server.on("exit", () => failed(new Error(`the server ended: ${said}`)));
    server.stdout.setEncoding("utf8").on("data", (part) => {
      said += part;
      if (said.includes("read")) found(said.match(/http:\/\/127\.0\.0\.1:\d+/u)[0]);
    });
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server.kill("SIGINT");
  if (server.exitCode === null) await once(server, "exit");
  rmSync(root, { recursive: true, force: true });
});

const edit = (change) => writeFileSync(join(root, REPORT), change(readFileSync(join(root, REPORT), "utf8")));

test("an edit is seen where the writer is: place, focus and open parts stay; a mistake comes and goes", async () => {
  const page = await browser.newPage({ viewport: { ...DESK, height: 300 }, reducedMotion: "reduce" });
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.goto(`${origin}/bao-cao/2021/07-30-tp-ben-tre/`);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
    [...document.querySelectorAll("main a[href]")].at(3).focus({ preventScroll: true });
    scrollTo({ top: 240, behavior: "instant" });
  });
  const place = () =>
    page.evaluate(() => ({
      y: scrollY,
      focus: document.activeElement.getAttribute("href"),
      open: document.querySelectorAll("main details[open]").length,
    }));
  const before = await place();
  assert.ok(before.y === 240 && before.focus, JSON.stringify(before));
  edit((text) => `${text.trimEnd()}\n\nMột câu vừa được thêm.\n`);
  await page.getByText("Một câu vừa được thêm.").waitFor();
  await page.waitForFunction((y) => scrollY === y, before.y);
  assert.deepEqual(await place(), before);

  const mistakes = page.getByRole("dialog");
  edit((text) => text.replace("value: 62", 'value: "62,5"'));
  await mistakes.waitFor();
  const words = await mistakes.textContent();
  assert.ok(words.includes(REPORT) && words.includes("62,5") && /:\d+:\d+/u.test(words), words);
  assert.ok(await page.getByText("Một câu vừa được thêm.").isVisible(), "the last good page stays");
  edit((text) => text.replace('value: "62,5"', "value: 62"));
  await mistakes.waitFor({ state: "detached" });
  assert.ok(!existsSync(join(root, "output")), "serving publishes nothing");
  assert.deepEqual(wrong, []);
});
