// A site in which every text is full of what attackers write, opened page by page: nothing of it runs, and no address
// of another host is asked. `tests/payloads/` makes the sites from the program's own schemas.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch } from "./reader.mjs";
import { REPOSITORY, site } from "./site.mjs";

let browser, scratch;
const built = {};
before(async () => {
  browser = await launch();
  scratch = mkdtempSync(join(tmpdir(), "tiendo-payloads-"));
  const target = process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target");
  execFileSync(join(target, "debug", "examples", "payloads"), [scratch]);
  for (const html of ["text", "sanitize"]) built[html] = await site(join(scratch, html));
});
after(async () => {
  await browser?.close();
  for (const one of Object.values(built)) one.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Opens pages one after another in one tab, and lists whatever a payload could bring about. */
async function openAll(one, paths, use) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const wrong = [];
  let at = "";
  const say = (words) => wrong.push(`${at}: ${words}`);
  try {
    await context.addInitScript(() => {
      globalThis.__violated = [];
      addEventListener("securitypolicyviolation", (event) => globalThis.__violated.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("dialog", (dialog) => {
      say(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("popup", () => say("a window"));
    page.on("download", () => say("a download"));
    page.on("pageerror", (error) => say(`error: ${error.message}`));
    page.on("console", (message) => {
      // A file that is opened by itself names no icon, and the browser asks for one.
      const icon = message.location().url.endsWith("/favicon.ico");
      if (["error", "warning"].includes(message.type()) && !icon) say(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(one.origin) && !url.startsWith("data:image/")) say(`asks ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() !== 200 && !response.url().endsWith("/favicon.ico")) say(`${response.status()}: ${response.url()}`);
    });
    for (at of paths) {
      await page.goto(one.url(at), { waitUntil: "load" });
      // A former address leads on by itself; wherever that is, it is a page of the site.
      if (/^(en\/)?cu\//u.test(at)) await page.waitForURL((url) => url.href.startsWith(one.origin) && !url.pathname.includes("/cu/"));
      await use(page, say, at);
    }
  } finally {
    await context.close();
  }
  return wrong;
}

/** What a page is in the eyes of the browser, after everything on it was touched. */
async function look(page, say) {
  const found = await page.evaluate(() => {
    const wrong = [...(globalThis.__violated ?? [])].map((one) => `violates ${one}`);
    if ("__pwned" in globalThis) wrong.push("ran a payload");
    for (const element of document.querySelectorAll("*")) {
      if (element.localName === "pwn" || element.hasAttribute("data-pwn")) wrong.push(`<${element.localName}> of a payload`);
      for (const { name } of element.attributes) if (/^on|^style$|^srcdoc$/u.test(name)) wrong.push(`<${element.localName} ${name}>`);
      const address = element.href?.baseVal ?? element.href ?? element.src ?? element.action ?? "";
      if (typeof address === "string" && /^(javascript|vbscript|data:(?!image\/))/iu.test(address)) wrong.push(`<${element.localName}> leads to ${address.slice(0, 60)}`);
      for (const kind of ["mouseover", "focus", "click"]) if (!element.closest("a, button, summary, form, input, select")) element.dispatchEvent(new Event(kind));
    }
    if ("__pwned" in globalThis) wrong.push("ran a payload when it was touched");
    return wrong;
  });
  found.forEach(say);
}

describe("payloads", { concurrency: 2 }, () => {
  for (const html of ["text", "sanitize"]) {
    test(`no page runs one where raw HTML is ${html === "text" ? "text" : "sanitised"}`, async () => {
      const pages = built[html].files(".html").filter((path) => !/(^|\/)404\.html$/u.test(path));
      assert.ok(pages.length > 80, `${pages.length} pages`);
      assert.deepEqual(await openAll(built[html], pages, look), []);
    });
  }

  test("no drawing, feed or table runs one when it is opened by itself", async () => {
    const files = [".svg", ".xml", ".json"].flatMap((end) => built.text.files(end)).filter((path) => !path.startsWith("assets/"));
    assert.ok(files.length > 20, `${files.length} files`);
    assert.deepEqual(await openAll(built.text, files, look), []);
  });

  test("the search shows them as text", async () => {
    const wrong = await openAll(built.text, ["search/", "en/search/"], async (page, say) => {
      await page.locator("#_search").fill("script");
      await page.waitForFunction(() => document.querySelector(".results:not([aria-busy=true]) [role=status]")?.textContent);
      const found = await page.locator(".results .found a").allTextContents();
      if (!found.some((title) => title.includes("<script data-pwn>"))) say(`found ${found.length}`);
      await look(page, say);
    });
    assert.deepEqual(wrong, []);
  });
});
