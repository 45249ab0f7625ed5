// What a reader takes along: a citation and the code of a chart, by one key.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, assertAccessible, assertFits, readerOf } from "./reader.mjs";

const { site: sample, visit } = readerOf();

const INDICATOR = "nghi-quyet/ben-tre/03-nq-tu/van-ban/";

test("a citation is copied as it stands, and the page says so", () =>
  visit(INDICATOR, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const line = page.locator(".citation + .copy-line");
    await line.locator("button").press("Enter");
    await line.getByText("Đã sao chép.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator(".citation").textContent());
    assert.ok(copied.endsWith(sample.url(INDICATOR)), copied);
  }));

test("where the clipboard is closed, the text is selected", () =>
  visit(INDICATOR, {}, async (page) => {
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("closed")) } }));
    const line = page.locator(".citation + .copy-line");
    await line.locator("button").click();
    await line.getByText("tự sao chép").waitFor();
    assert.equal(await page.evaluate(() => getSelection().toString()), await page.locator(".citation").textContent());
  }));

test("the code of a chart shows it on another page, as wide as its place", () =>
  visit(INDICATOR, { viewport: PHONE }, async (page) => {
    await page.locator(".embed summary").press("Enter");
    await assertAccessible(page, "with the code open");
    await assertFits(page, "with the code open");
    const code = await page.locator(".embed code").textContent();
    const elsewhere = await page.context().newPage();
    await elsewhere.route("**/bai-bao", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><title>Bài báo</title><div style="width:280px">${code}</div>` }));
    await elsewhere.goto(`${sample.origin}/bai-bao`);
    const picture = elsewhere.locator("figure img");
    await picture.evaluate((image) => image.decode());
    const box = await picture.boundingBox();
    assert.ok(Math.abs(box.width - 280) < 1 && box.height > 50, JSON.stringify(box));
    assert.equal(await elsewhere.locator("figcaption a").getAttribute("href"), sample.url(INDICATOR));
  }));

test("without JavaScript there is no button that does nothing", () =>
  visit(INDICATOR, { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator("main button").count(), 0);
    assert.ok(await page.locator(".citation").isVisible());
  }));
