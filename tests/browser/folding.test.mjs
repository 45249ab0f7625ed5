// The browser takes texts apart as the program does, and marks the right letters of the text as it stands.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { REPOSITORY } from "./site.mjs";

// As a module whatever Node takes a `.js` for.
const source = readFileSync(join(REPOSITORY, "themes/default/js/fold.js"), "utf8");
const { fold, stretches, words } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

test("texts are folded as in the program", () => {
  const cases = JSON.parse(readFileSync(join(REPOSITORY, "tests/folding.json"), "utf8"));
  assert.ok(cases.length > 20);
  for (const [text, folded, expected] of cases) {
    assert.equal(fold(text), folded, text);
    assert.deepEqual(words(text).map(({ word }) => word), expected, text);
  }
});

test("what is marked is what was typed, in the text as it stands", () => {
  const marked = (text, typed) => stretches(text, words(typed).map(({ word }) => word)).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(marked("Báo Đồng Khởi", "dong kho"), ["Đồng", "Khở"]);
  assert.deepEqual(marked("Báo Đồng Khởi".normalize("NFD"), "dong kho"), ["Đồng".normalize("NFD"), "Khở".normalize("NFD")]);
  assert.deepEqual(marked("Nghị quyết số 03-NQ/TU", "nq3"), ["03", "NQ"]);
  assert.deepEqual(marked("Nghị quyết số 0030", "30"), ["0030"]);
  assert.deepEqual(marked("😀 Ủy ban", "u"), ["Ủ"]);
  assert.deepEqual(marked("Giồng Trôm", "trom giong xa"), ["Giồng", "Trôm"]);
  assert.deepEqual(marked("", "a"), []);
});
