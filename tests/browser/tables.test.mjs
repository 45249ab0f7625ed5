// Tables filter and sort by keyboard, say what is left, and open again as they were left.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { PHONE, assertAccessible, assertFits, readerOf } from "./reader.mjs";

const { visit: look } = readerOf();

/** The names of the rows that a reader sees, in order. */
const names = (page) => page.locator("table[data-table] tbody tr:not(.group):visible th[scope=row] > a").allTextContents();
const cells = (page, column) => page.locator(`table[data-table] tbody tr:visible > :nth-child(${column})`).allTextContents();
const said = (page) => page.locator(".filters [role=status]").first().textContent();

describe("tables", { concurrency: 2 }, () => {
  test("are filtered by text without marks, and say how many rows are left", () =>
    look("don-vi/", {}, async (page) => {
      const all = await names(page);
      await page.locator(".filters input").fill("giong trom");
      const left = await names(page);
      assert.ok(left.length > 1 && left.length < all.length);
      assert.ok(left.every((name) => all.includes(name)));
      assert.equal(await said(page), `Còn ${left.length} trong ${all.length} dòng.`);
      assert.match(page.url(), /\?units\.q=giong\+trom$/u);
      await page.reload();
      await page.waitForSelector(".filters");
      assert.deepEqual(await names(page), left);
      await page.locator(".filters button").press("Enter");
      assert.deepEqual(await names(page), all);
      assert.doesNotMatch(page.url(), /\?/u);
    }));

  test("are filtered by what stands in their columns, several at once", () =>
    look("status/tracked/", {}, async (page) => {
      await page.waitForSelector(".filters");
      const all = (await names(page)).length;
      const unit = page.getByLabel("Đơn vị", { exact: true });
      const options = await unit.locator("option").allTextContents();
      assert.equal(options[0], "Tất cả");
      assert.deepEqual(options.slice(1), [...options.slice(1)].sort(new Intl.Collator("vi").compare));
      await unit.selectOption(options[1]);
      const of_unit = (await cells(page, 2)).map((text) => text.trim());
      assert.ok(of_unit.length > 0 && of_unit.length < all && of_unit.every((name) => name === options[1]));
      await page.locator(".filters input").fill("không có chữ này");
      assert.deepEqual(await names(page), []);
      assert.equal(await said(page), `Còn 0 trong ${all} dòng.`);
      assert.match(page.url(), /indicators\.q=.*indicators\.unit=|indicators\.unit=.*indicators\.q=/u);
    }));

  test("have fields and years to choose from", () =>
    look("status/no-data/", {}, async (page) => {
      const all = (await names(page)).length;
      await page.getByLabel("Hạn", { exact: true }).selectOption("2025");
      const due = await page.locator("tbody tr:visible td:nth-child(6) time").evaluateAll((times) => times.map((time) => time.dateTime));
      assert.ok(due.length > 0 && due.length < all && due.every((day) => day.startsWith("2025")), due.join());
      await page.getByLabel("Hạn", { exact: true }).selectOption("");
      const field = page.getByLabel("Lĩnh vực", { exact: true });
      await field.selectOption({ index: 1 });
      const of_field = await page.locator("tbody tr:visible").evaluateAll((rows) => rows.map((row) => row.dataset.field));
      assert.ok(of_field.length > 0 && of_field.length < all);
      for (const one of of_field) assert.equal(one, await field.inputValue());
    }));

  test("are sorted by keyboard, up, down and back, empty cells last", () =>
    look("don-vi/giong-trom/", {}, async (page) => {
      const head = page.locator("table[data-table=indicators] th[data-by^=value]");
      const body = page.locator("table[data-table=indicators] tbody").first();
      const values = () => body.locator("tr:not(.group) td:nth-child(2)").evaluateAll((cells) => cells.map((cell) => cell.dataset.value ?? ""));
      const before = await values();
      const filled = before.filter(Boolean).map(Number).sort((a, b) => a - b);
      const empty = before.filter((value) => !value);
      assert.equal(await head.getAttribute("aria-sort"), null);
      await head.locator("button").press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      assert.deepEqual(await values(), [...filled.map(String), ...empty]);
      await head.locator("button").press("Space");
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      assert.deepEqual(await values(), [...filled.reverse().map(String), ...empty]);
      assert.match(page.url(), /\?indicators\.sort=-value$/u);
      await page.reload();
      await page.waitForSelector("th[aria-sort=descending]");
      assert.deepEqual(await values(), [...filled.map(String), ...empty]);
      await head.locator("button").press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), null);
      assert.deepEqual(await values(), before);
      assert.doesNotMatch(page.url(), /\?/u);
    }));

  test("sort names in the order of the page's language", () =>
    look("don-vi/?units.sort=name", {}, async (page) => {
      await page.waitForSelector("th[aria-sort=ascending]");
      const sorted = await names(page);
      assert.deepEqual(sorted, [...sorted].sort(new Intl.Collator("vi", { numeric: true }).compare));
    }));

  test("of one kind are filtered together, and those without a row go", () =>
    look("nghi-quyet/", {}, async (page) => {
      await page.waitForSelector(".filters");
      assert.equal(await page.locator(".filters").count(), 1);
      const sections = await page.locator("main section:visible").count();
      await page.locator(".filters input").fill("chuyen doi so");
      const left = await page.locator("main section:visible").count();
      assert.ok(left > 0 && left < sections);
      for (const section of await page.locator("main section:visible").all()) assert.ok((await section.locator("tbody tr:visible").count()) > 0);
    }));

  test("are as they were where the address says nonsense", () =>
    look("don-vi/?units.sort=khong&units.level=khong", {}, async (page) => {
      await page.waitForSelector(".filters");
      assert.equal(await page.locator("tbody tr:visible").count(), await page.locator("tbody tr").count());
    }));

  for (const path of ["don-vi/?units.q=xa&units.sort=-name", "coverage/?status=", "status/tracked/?indicators.sort=name"])
    test(`${path} is accessible and fits`, () =>
      look(path, {}, async (page) => {
        await page.waitForSelector(".filters");
        for (const viewport of [page.viewportSize(), PHONE]) {
          await page.setViewportSize(viewport);
          for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme });
            await assertAccessible(page, `${path}, ${colorScheme}`);
          }
          await assertFits(page, path);
        }
        // On a phone the heads are out of sight: order is chosen in the bar, and no key leads to what cannot be seen.
        assert.equal(await page.locator(".sorts").first().isVisible(), true);
        assert.equal(await page.locator("thead button:not([tabindex='-1'])").count(), 0);
      }));
});
