// Light and dark as a reader chooses: kept, the same on the next page, and never a flash of the other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, readerOf } from "./reader.mjs";

const { site: sample, visit } = readerOf();

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(255, 255, 255)";

test("a reader's choice of colours holds on every page, from the first moment", () =>
  visit("", { colorScheme: "light" }, async (page) => {
    const button = page.locator("button.theme");
    assert.equal(await button.textContent(), "Giao diện: theo thiết bị");
    assert.equal(await ground(page), LIGHT);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await ground(page);
    assert.notEqual(dark, LIGHT);
    await button.press("Enter");
    assert.equal(await button.textContent(), "Giao diện: sáng");
    assert.equal(await ground(page), LIGHT);
    await page.emulateMedia({ colorScheme: "light" });
    await button.press("Enter");
    assert.equal(await button.textContent(), "Giao diện: tối");
    assert.equal(await ground(page), dark);
    await assertAccessible(page, "dark by choice");
    // The choice is there before the body is.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        globalThis.first = document.documentElement.dataset.theme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(sample.url("en/nghi-quyet/ben-tre/03-nq-tu/van-ban/"));
    assert.equal(await page.evaluate(() => globalThis.first), "dark");
    assert.equal(await ground(page), dark);
    // Charts follow: their letters are light on the dark ground.
    const ink = await page.locator("svg.chart text").first().evaluate((text) => getComputedStyle(text).fill);
    assert.ok(Number(ink.match(/\d+/u)[0]) > 150, ink);
    assert.equal(await page.locator("button.theme").textContent(), "Colours: dark");
    await page.emulateMedia({ media: "print" });
    assert.equal(await ground(page), LIGHT);
    await page.emulateMedia({ media: "screen" });
    await page.locator("button.theme").press("Enter");
    assert.equal(await ground(page), LIGHT);
  }));

test("without JavaScript there is no switch, and the system decides", () =>
  visit("", { javaScriptEnabled: false, colorScheme: "dark" }, async (page) => {
    assert.equal(await page.locator("button.theme").count(), 0);
  }));
