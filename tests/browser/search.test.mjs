// Search as a reader does it: by keyboard, without marks, without spaces, on a small site and on a large one.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertAccessible, assertFits, readerOf } from "./reader.mjs";
import { SUB_PATH } from "./site.mjs";

const { visit: search } = readerOf();

/** The results that stand on the page once the search has come to its end. */
async function results(page) {
  await page.waitForFunction(() => document.querySelector(".results:not([aria-busy=true]) [role=status]")?.textContent);
  const links = page.locator(".results .found a");
  return { said: await page.locator(".results [role=status]").textContent(), titles: await links.allTextContents() };
}

async function type(page, text) {
  await page.locator("#_search").fill("");
  await page.waitForFunction(() => document.querySelector(".results").hidden);
  await page.locator("#_search").fill(text);
  return results(page);
}

describe("search", { concurrency: 2 }, () => {
  test("finds without marks, without case, without spaces", () =>
    search("search/", {}, async (page) => {
      const first = async (text) => (await type(page, text)).titles[0];
      assert.equal(await first("giong trom"), "Huyện Giồng Trôm");
      assert.equal(await first("GIỒNG TRÔM"), "Huyện Giồng Trôm");
      assert.equal(await first("giồng trôm".normalize("NFD")), "Huyện Giồng Trôm");
      assert.equal(await first("giongtrom"), "Huyện Giồng Trôm");
      const numbers = async (text) => (await type(page, text)).titles.join("; ");
      const whole = await numbers("03-NQ/TU");
      assert.match(whole, /^Xây dựng Đảng và hệ thống chính trị/u);
      for (const text of ["nq03", "03nqtu", "NQ 3", "nghị quyết 03 tu"]) assert.equal((await numbers(text)).split(";")[0], whole.split(";")[0], text);
      // Đồng Khởi stands in texts, and typed with a D of another alphabet it is the same.
      const there = await type(page, "dong khoi");
      assert.ok(there.titles.length > 0, there.said);
      assert.deepEqual((await type(page, "Ðồng Khởi")).titles, there.titles);
    }));

  test("says how many there are, and that there is nothing", () =>
    search("search/", {}, async (page) => {
      const { said, titles } = await type(page, "giồng trôm");
      const count = Number(said.match(/\d+/u)[0]);
      assert.ok(count >= titles.length && titles.length === 10, said);
      await page.locator(".results button").press("Enter");
      await page.waitForFunction(() => document.querySelectorAll(".results .found a").length > 10);
      assert.equal(await page.evaluate(() => [...document.querySelectorAll(".results .found a")].indexOf(document.activeElement)), 10);
      const nothing = await type(page, "khôngcógìcả");
      assert.deepEqual(nothing, { said: "Không tìm thấy mục nào có đủ các từ này.", titles: [] });
      assert.ok(await page.locator(".alphabet").isHidden());
      await page.keyboard.press("Escape");
      assert.ok(await page.locator(".alphabet").isVisible());
      assert.equal(await page.locator("#_search").inputValue(), "");
    }));

  test("marks what was typed, and shows what it is", () =>
    search("search/", {}, async (page) => {
      await type(page, "nq03");
      const line = page.locator(".results .found li").first();
      assert.deepEqual(await line.locator("mark").allTextContents(), ["03", "NQ"]);
      assert.equal(await line.locator("small").textContent(), "Nghị quyết số 03-NQ/TU · Tỉnh Bến Tre");
    }));

  test("is led by the keyboard alone", () =>
    search("search/", {}, async (page) => {
      const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
      await page.locator("#_search").focus();
      await page.keyboard.type("ba tri");
      await page.waitForURL("**/search/?q=ba+tri");
      const { titles } = await results(page);
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), titles[0]);
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), titles[1]);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.equal(await focused(), "_search");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.localName === "a");
      assert.equal(await focused(), titles[0]);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/don-vi/ba-tri/");
      // The way back leads to the results as they were.
      await page.goBack();
      assert.deepEqual((await results(page)).titles, titles);
    }));

  test("begins in the header of any page", () =>
    search("en/coverage/", {}, async (page) => {
      await page.locator(".find input").fill("doanh nghiep");
      await page.locator(".find input").press("Enter");
      await page.waitForURL("**/en/search/?q=doanh+nghiep");
      const { said } = await results(page);
      assert.match(said, /^\d+ results?\.$/u);
      // A title that nobody translated says so.
      const foreign = await page.locator(".results .found [lang=vi]").count();
      assert.equal(foreign, await page.locator(".results .found [lang]").count());
      await assertAccessible(page, "results in English");
    }));

  test("is accessible and fits, in light and in dark", () =>
    search("search/?q=ke%20hoach", { viewport: { width: 320, height: 640 } }, async (page) => {
      await results(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `results, ${colorScheme}`);
        await assertFits(page, "results");
      }
    }));

  test("further pages of the list lead to the search, and an edit leaves them as they are", () =>
    search("search/page/2/", {}, async (page) => {
      assert.equal(await page.locator("h1").textContent(), "Tìm kiếm");
      assert.doesNotMatch(await page.content(), /assets\/search\./u);
      await page.locator(".find input").fill("giong trom");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/search/?q=giong+trom");
      assert.equal((await results(page)).titles[0], "Huyện Giồng Trôm");
    }));

  test("without JavaScript there is everything from A to Z", () =>
    search("", { javaScriptEnabled: false, below: SUB_PATH }, async (page) => {
      await page.locator(".find input").fill("giong trom");
      await page.locator(".find button").click();
      await page.waitForURL("**/search/?q=giong+trom");
      assert.ok(await page.locator(".search-form").isHidden());
      await page.locator(".letters a", { hasText: /^H$/u }).click();
      const here = page.locator(`h3#${new URL(page.url()).hash.slice(1)} + ul a`);
      assert.ok((await here.allTextContents()).includes("Huyện Giồng Trôm"));
    }));
});
