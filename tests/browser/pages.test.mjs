// What readers meet on each kind of page, in a real browser: in light and in dark, on a desk and on a phone.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { hostile } from "./hostile.mjs";
import { DESK, PHONE, assertAccessible, assertFits, readerOf } from "./reader.mjs";
import { REPOSITORY, SUB_PATH } from "./site.mjs";

/** One page per template, of the sample: the one that shows most. A new template needs a line here. */
const SAMPLE = {
  "changes.html": "changes/",
  "checks.html": "method/checks/",
  "verify.html": "verify/",
  "corrections.html": "corrections/",
  "coverage.html": "coverage/",
  "data.html": "data/",
  "field.html": "fields/party/",
  "framework.html": "frameworks/hai-chan-ba-mui/",
  "home.html": "",
  "indicator.html": "nghi-quyet/ben-tre/03-nq-tu/van-ban/",
  "method.html": "method/",
  "not-found.html": "404.html",
  "page.html": "gioi-thieu/",
  "report.html": "bao-cao/2021/12-13-ben-tre/",
  "reports.html": "bao-cao/",
  "resolution.html": "nghi-quyet/ben-tre/03-nq-tu/",
  "resolutions.html": "nghi-quyet/",
  "search.html": "search/",
  "status.html": "status/no-data/",
  "unit.html": "don-vi/ben-tre/",
  "units.html": "don-vi/",
};

/** Further pages of the sample: another language, other charts. */
const MORE = ["en/", "en/nghi-quyet/tp-ben-tre/nq-2021/doanh-nghiep/", "nghi-quyet/tp-ben-tre/nq-2021/"];

/** Templates that only long lists need: what the hostile site shows of them. */
const LONG_LISTS = { "children.html": "units/tinh/page/2/", "contributors.html": "resolutions/tinh/nq/tong/page/2/" };

/** Templates without a page of their own: parts of others, and one that leads on before it can be read. */
const PARTS = ["alias.html", "base.html", "components.html", "evidence.html", "source.html"];

/** What the hostile site shows of each template. */
const HOSTILE = [
  ...Object.values(LONG_LISTS), "resolutions/tinh/nq/tong/", "", "resolutions/", "resolutions/tinh/nq/", "resolutions/tinh/rong/", "resolutions/tinh/xa-1/kh/", "units/", "units/page/2/",
  "units/tinh/", "units/trong/", "units/tinh/xa-2/", "reports/", "reports/2021/0-tinh/", "gioi-thieu/", "data/", "method/", "404.html", "en/",
  "changes/", "coverage/", "corrections/", "fields/unbroken/", "frameworks/khung/", "status/no-data/", "method/checks/", "en/resolutions/tinh/nq/", "search/", "search/page/2/",
  ...Array.from({ length: 10 }, (_, at) => `resolutions/tinh/nq/chi-tieu-${at}/`), "resolutions/tinh/nq/giai-doan/",
];

/** What WCAG 2.2 wants a reader to be able to set (1.4.12). */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

const { visit } = readerOf();

/** A sans-serif that is wider than those which the charts' labels have room for; on some systems the only one. */
const WIDE = "DejaVu Sans";

/** Puts a reader's own style over a page's: as a constructed sheet, which no policy of the page's reaches. */
const adopt = (page, css) =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);

/** Fails for text in a chart below 4.5:1, and for text that leaves its picture, or the page if `edge` says so. */
async function assertChartsLegible(page, name, { edge = "picture" } = {}) {
  const wrong = await page.evaluate((edge) => {
    const rgb = (css) => css.match(/[\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ratio = (one, other) => {
      const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const paper = rgb(getComputedStyle(document.body).backgroundColor);
    const found = [];
    for (const svg of document.querySelectorAll("svg.chart")) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) continue;
      const { clientWidth } = document.documentElement;
      const [left, right] = edge === "picture" ? [frame.left - 1, frame.right + 1] : [0, clientWidth];
      if (edge === "page" && getComputedStyle(svg).overflow !== "visible") found.push("a picture cuts its labels off");
      const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "");
      for (const text of texts) {
        const box = text.getBoundingClientRect();
        const words = text.textContent.slice(0, 60);
        // A line's box is higher than its letters.
        const air = box.height / 4;
        if (box.left < left || box.right > right || box.top < frame.top - air || box.bottom > frame.bottom + air)
          found.push(`“${words}” leaves its ${edge}`);
        const at = new DOMPoint(box.left + box.width / 2, box.top + box.height / 2);
        const under = [...svg.querySelectorAll("path, rect, circle, polygon")].filter((shape) => {
          const style = getComputedStyle(shape);
          const before = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
          return before && style.fill !== "none" && shape.isPointInFill(at.matrixTransform(shape.getScreenCTM().inverse()));
        });
        const ground = under.length ? rgb(getComputedStyle(under.at(-1)).fill) : paper;
        const contrast = ratio(rgb(getComputedStyle(text).fill), ground);
        if (contrast < 4.5) found.push(`“${words}” has ${contrast.toFixed(2)}:1`);
      }
    }
    return found;
  }, edge);
  assert.equal(wrong.length, 0, `${name}: ${wrong.slice(0, 8).join("; ")}`);
}

/** Fails unless the wide font is there and in use. */
async function assertWider(page) {
  const [wide, other] = await page.evaluate((name) => {
    const pen = document.createElement("canvas").getContext("2d");
    const width = (family) => ((pen.font = `100px ${family}`), pen.measureText("Chưa đủ căn cứ").width);
    return [width(`"${name}", serif`), width("system-ui")];
  }, WIDE);
  assert.ok(wide > other * 1.05, `“${WIDE}” has ${wide / other} of the usual font's width`);
}

/** Walks a page with the tab key: the skip link first, then all in the page's order, each seen and marked. */
async function assertKeyboard(page, name) {
  const steps = [];
  const LIMIT = 60;
  for (let step = 0; step < LIMIT; step += 1) {
    await page.keyboard.press("Tab");
    const one = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const all = [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex]")];
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      // What marks the focus must stand out from what is behind it (WCAG 1.4.11).
      const channel = (one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4);
      const light = (css) => {
        const [r, g, b] = css.match(/[\d.]+/g).map(Number);
        return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b) + 0.05;
      };
      const ground = getComputedStyle(element.closest(".site-footer, .notices, .verdict") ?? document.body).backgroundColor;
      const behind = ground === "rgba(0, 0, 0, 0)" ? getComputedStyle(document.body).backgroundColor : ground;
      const pair = [light(style.outlineColor), light(behind)].sort((a, b) => b - a);
      return {
        at: all.indexOf(element),
        words: element.textContent.trim().slice(0, 60),
        skip: element.matches(".skip"),
        marked: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2 && pair[0] / pair[1] >= 3,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
      };
    });
    if (!one) break;
    steps.push(one);
  }
  assert.ok(steps.length > 3, `${name}: the keyboard reaches ${steps.length} things`);
  assert.ok(steps[0].skip, `${name}: the first thing is “${steps[0].words}”`);
  for (const [index, step] of steps.entries()) {
    assert.ok(step.marked, `${name}: nobody sees the focus on “${step.words}”`);
    assert.ok(step.seen, `${name}: “${step.words}” has the focus out of sight`);
    assert.ok(index === 0 || step.at > steps[index - 1].at, `${name}: “${step.words}” comes before its turn`);
  }
}

/** The skip link leads past the menu. */
async function assertSkips(page, name) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement === document.body || !document.activeElement.closest("header.site-header, .breadcrumbs"));
  assert.ok(inside, `${name}: the skip link leads nowhere`);
}

test("every template has a page here", () => {
  const templates = readdirSync(join(REPOSITORY, "themes/default/templates")).filter((file) => !PARTS.includes(file));
  assert.deepEqual(templates.sort(), Object.keys({ ...SAMPLE, ...LONG_LISTS }).sort());
});

/** Looks at a page in light and in dark. */
async function inBothSchemes(page, look) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme);
  }
}

describe("the sample", { concurrency: 2 }, () => {
  for (const path of [...Object.values(SAMPLE), ...MORE]) {
    const name = path || "home";

    test(`${name} on a desk`, () =>
      visit(path, {}, async (page) => {
        await inBothSchemes(page, async (scheme) => {
          await assertAccessible(page, `${name}, ${scheme}`);
          await assertFits(page, name);
          await assertChartsLegible(page, `${name}, ${scheme}`);
        });
        await assertKeyboard(page, name);
      }));

    test(`${name} on a phone`, () =>
      visit(path, { viewport: PHONE }, async (page) => {
        await inBothSchemes(page, async (scheme) => {
          await assertAccessible(page, `${name}, ${scheme}`);
          await assertFits(page, name);
          await assertChartsLegible(page, `${name}, ${scheme}`);
        });
        await adopt(page, SPACING);
        await assertFits(page, `${name} with the reader's spacing of text`);
      }));

    test(`${name} in a wide font on a phone`, () =>
      visit(path, { viewport: PHONE }, async (page) => {
        await adopt(page, `* { font-family: "${WIDE}", serif !important }`);
        await assertWider(page);
        await assertFits(page, name);
        await assertChartsLegible(page, name, { edge: "page" });
        await adopt(page, SPACING);
        await assertFits(page, `${name} with the reader's spacing of text`);
      }));

    test(`${name} on paper, and skipped through`, () =>
      visit(path, { colorScheme: "dark", viewport: { width: 718, height: 1000 } }, async (page) => {
        await assertSkips(page, name);
        await page.emulateMedia({ media: "print" });
        await assertFits(page, name);
        await assertChartsLegible(page, name);
        const of_no_use = page.locator(".menu, .skip, .breadcrumbs").filter({ visible: true });
        assert.equal(await of_no_use.count(), 0, "the menu is of no use on paper");
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(ground, "rgb(255, 255, 255)", "paper is white");
        const pdf = await page.pdf({ format: "A4" });
        assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 5_000);
      }));

    test(`${name} without JavaScript, at a host's root`, async () => {
      const words = (page) => page.evaluate(() => document.querySelector("main").innerText.split(/\s+/));
      const without = { javaScriptEnabled: false, below: path === "404.html" ? SUB_PATH : "/" };
      let plain, whole;
      await visit(path, without, async (page) => (plain = await words(page)));
      await visit(path, {}, async (page) => (whole = new Set(await words(page))));
      assert.deepEqual(plain.filter((word) => !whole.has(word)), []);
    });
  }
});

describe("a hostile site", { concurrency: 2 }, () => {
  const edge = readerOf(hostile);

  for (const path of HOSTILE) {
    test(path || "home", async () => {
      await edge.visit(path, { viewport: PHONE }, async (page) => {
        await assertAccessible(page, path);
        await assertFits(page, path);
        await assertChartsLegible(page, path);
        await page.setViewportSize(DESK);
        await page.emulateMedia({ colorScheme: "dark" });
        await assertFits(page, path);
        await assertChartsLegible(page, path);
      });
    });
  }
});
