// A reader's browser: how pages are opened, and what must hold on each of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";

import { chromium } from "playwright-core";

import { SUB_PATH, siteOf } from "./site.mjs";

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 320, height: 640 };

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts Debian's Chromium. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** Opens a page, lets `use` look at it, and fails for whatever went wrong meanwhile: no page may ever do such things. */
export async function visit(browser, built, path, options, use) {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: "reduce", ...options });
  const wrong = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("console", (message) => {
      // A missing page has the status of one; the browser says so.
      const missing = path === "404.html" && message.text().includes("404");
      if (["error", "warning"].includes(message.type()) && !missing) wrong.push(`console: ${message.text()}`);
    });
    page.on("requestfailed", (request) => {
      // A reader who goes on does not wait for the icon.
      const { errorText } = request.failure();
      if (errorText !== "net::ERR_ABORTED") wrong.push(`${errorText}: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() !== 200 && path !== "404.html") wrong.push(`${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(built.origin) && !request.url().startsWith("data:")) wrong.push(`another host: ${request.url()}`);
    });
    const { below = SUB_PATH } = options;
    const response = await page.goto(built.url(path === "404.html" ? "khong/co/" : path, below), { waitUntil: "load" });
    assert.equal(response.status(), path === "404.html" ? 404 : 200, `no page at \`${path}\``);
    await use(page);
    assert.deepEqual(wrong, [], path);
  } finally {
    await context.close();
  }
}

/** A site for the tests around, as `siteOf` builds it, and `visit` to open its pages in a browser of its own. */
export function readerOf(source) {
  const built = siteOf(source);
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());
  return { site: built, visit: (path, options, use) => visit(browser, built, path, options, use) };
}

/** Fails unless axe-core finds nothing against WCAG 2.2 AA and best practice. */
export async function assertAccessible(page, name) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
    const options = { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const { violations } = await globalThis.axe.run(document, options);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length} × ${nodes[0].target} ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  });
  assert.equal(found.length, 0, `${name}: ${found.join("\n")}`);
}

/** Fails if the page must be moved sideways, or something is cut off at its edge. */
export async function assertFits(page, name) {
  const out = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      const hidden = element.closest(".hidden, .skip, svg *, pre, .table-scroll, .stacked thead") || box.width === 0;
      return !hidden && (box.right > width + 1 || box.left < -1);
    });
    const words = cut.map((element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 60)}`);
    const wide = document.scrollingElement.scrollWidth;
    return wide > width ? [`${wide} px wide`, ...words.slice(-3)] : words.slice(-3);
  });
  assert.equal(out.length, 0, `${name}: ${out.join("; ")}`);
}
