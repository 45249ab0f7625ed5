// A site at the edge of what an editor may write: long names, many indicators and units, figures far off the scale.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const NAME = "Ủy ban nhân dân và Ban Chỉ đạo thực hiện nghị quyết về phát triển kết cấu hạ tầng, chỉnh trang đô thị ";
/** 200 characters in words, and 200 without a place to break. */
const LONG = NAME.repeat(3).slice(0, 199).trimEnd().padEnd(200, "x");
const UNBROKEN = "Thúcđẩypháttriểnnôngthônmới".repeat(9).slice(0, 200);

const INDICATORS = 60;
const UNITS = 300;
/** How many indicators add to one. */
const PARTS = 120;

/** What stands in an indicator's definition and what was observed of it; they follow one another in turn. */
const CASES = [
  { target: 10, values: [0] },
  { target: 10, values: [2, -4] },
  { target: 10, values: [5, 130] },
  { target: 10, values: [] },
  { target: "9999999999999999999999999999", values: ["1234567890123456789012345678"] },
  { target: "0.000001", values: ["0.0000005"] },
  { values: [3, 7, 5] },
  { target: 10, values: Array.from({ length: 24 }, (_, at) => at / 2) },
  { target: 5, baseline: 40, values: [38, 41, 20] },
  { target: 10, values: [4], qualifier: "about" },
];

const day = (at) => `2021-${String(1 + (at % 12)).padStart(2, "0")}-${String(2 + 2 * Math.floor(at / 12)).padStart(2, "0")}`;

/** Writes the site and names the folder that holds its `content/`. */
export function hostile() {
  const root = mkdtempSync(join(tmpdir(), "tiendo-hostile-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, "content", path)), { recursive: true });
    writeFileSync(join(root, "content", path), text);
  };
  write("site.yaml", [
    `title: "${LONG}"`, `description: "${LONG}"`, "base_url: https://example.org/", "language: vi", "languages:", "  - vi", "  - en",
    "timezone: Asia/Ho_Chi_Minh", "as_of: 2021-12-31", "publisher:", `  name: "${LONG}"`, "levels:",
    "  - id: province", `    name: "${LONG}"`, "  - id: commune", `    name: "${UNBROKEN}"`,
    "fields:", "  - id: long", `    name: "${LONG}"`, "  - id: unbroken", `    name: "${UNBROKEN}"`,
    "frameworks:", "  - id: khung", `    name: "${LONG}"`, "    groups:", "      - id: nhom", `        name: "${UNBROKEN}"`, "",
  ].join("\n"));
  write("units/tinh.md", `---\nname: "${LONG}"\nlevel: province\nsummary: "${UNBROKEN}"\n---\n## ${UNBROKEN}\n\n| ${UNBROKEN} | ${LONG} |\n|-|-|\n| ${"1".repeat(200)} | ${LONG} |\n\n\`\`\`\n${LONG} ${UNBROKEN}\n\`\`\`\n`);
  write("units/trong.md", `---\nname: Tỉnh chưa có gì\nlevel: province\n---\n`);
  for (let at = 0; at < UNITS; at += 1) {
    const name = at % 2 ? `${at} ${LONG}`.slice(0, 200) : `${at}${UNBROKEN}`.slice(0, 200);
    write(`units/tinh/xa-${at}.md`, `---\nname: "${name}"\nlevel: commune\n---\n`);
  }
  const indicators = Array.from({ length: INDICATORS }, (_, at) => {
    const one = CASES[at % CASES.length];
    const lines = [
      `  - id: chi-tieu-${at}`, `    name: "${at % 3 ? LONG : UNBROKEN}"`, `    measured_in: "${at % 7 ? "văn bản" : UNBROKEN}"`,
      `    owner: ${at % 2 ? "tinh" : `tinh/xa-${at}`}`, `    field: ${at % 2 ? "long" : "unbroken"}`,
      "    groups:", "      - khung/nhom",
      "    baseline:", `      value: ${one.baseline ?? 0}`, "      date: 2021-01-01",
    ];
    if (one.target !== undefined) lines.push(`    target: ${one.target}`);
    if (at % CASES.length === 7) lines.push("    milestones:", "      - date: 2021-06-30", "        value: 5");
    return lines.join("\n");
  });
  const stages = ["cho", "du-thao", "trinh", "tham-dinh", "thong-qua", "ban-hanh"];
  indicators.push([
    "  - id: giai-doan", `    name: "${LONG}"`, "    measured_in: dự án", "    target: 60", "    stages:",
    ...stages.flatMap((id, at) => [`      - id: ${id}`, `        name: "${at % 2 ? LONG : UNBROKEN}"`, ...(at === 5 ? ["        done: true"] : [])]),
  ].join("\n"));
  indicators.push(["  - id: tong", `    name: "${LONG}"`, `    measured_in: "${UNBROKEN}"`, "    target: 600", "    aggregate: sum"].join("\n"));
  for (let at = 0; at < PARTS; at += 1) {
    const name = at % 2 ? LONG : UNBROKEN;
    write(`resolutions/tinh/xa-${at}/phan.md`, [
      "---", `title: "${name}"`, "kind: plan", "indicators:", "  - id: gop", `    name: "${name}"`, "    measured_in: văn bản",
      "    target: 4", "    contributes_to: tinh/nq/tong", "---", "",
    ].join("\n"));
  }
  write("resolutions/tinh/nq.md", [
    "---", `title: "${LONG}"`, 'number: "03-NQ/TU"', "kind: resolution", "issued: 2021-01-01", "period: 2021", "expects:",
    "  levels:", "    - commune", "  by: 2021-06-30", "sources:", `  - title: "${UNBROKEN}"`, `    publisher: "${LONG}"`,
    `    url: "https://example.org/${"a".repeat(200)}"`, "indicators:", ...indicators, "---", LONG, "",
  ].join("\n"));
  write("resolutions/tinh/rong.md", `---\ntitle: "${UNBROKEN}"\nkind: directive\n---\n`);
  for (let at = 0; at < 40; at += 1) {
    write(`resolutions/tinh/xa-${at}/kh.md`, `---\ntitle: "${at % 2 ? LONG : UNBROKEN}"\nkind: plan\n${at % 4 ? `issued: ${day(at)}\n` : ""}implements:\n  - tinh/nq\n---\n`);
  }
  for (let at = 0; at < 24; at += 1) {
    const seen = Array.from({ length: INDICATORS }, (_, number) => [number, CASES[number % CASES.length]]).filter(([, one]) => at < one.values.length);
    const observations = seen.map(([number, one]) => [
      `  - indicator: tinh/nq/chi-tieu-${number}`, `    value: ${one.values[at]}`,
      ...(one.qualifier ? [`    qualifier: ${one.qualifier}`] : []), ...(number % 5 ? [] : [`    quote: "${UNBROKEN}"`, `    note: "${LONG}"`]),
    ].join("\n"));
    if (at === 0) observations.push(["  - indicator: tinh/nq/giai-doan", "    breakdown:", ...stages.map((id, of) => `      ${id}: ${of * 4}`)].join("\n"));
    write(`reports/2021/${at}-tinh.md`, [
      "---", `title: "${at % 2 ? LONG : UNBROKEN}"`, "unit: tinh", `as_of: ${day(at)}`, `published: ${day(at)}`, "source:",
      `  title: "${LONG}"`, `  publisher: "${UNBROKEN}"`, "observations:", ...observations,
      ...(at ? [] : ["coverage:", "  - document: tinh/nq", "    level: commune", "    action: issued", "    value: 17", "    of: 300"]), "---", "",
    ].join("\n"));
  }
  write("pages/index.md", "---\ntitle: Trang chủ\n---\n");
  write("pages/gioi-thieu.md", `---\ntitle: "${LONG}"\nmenu: true\naliases:\n  - cu/\n---\n${UNBROKEN}\n\n${UNBROKEN}\n\n> ${UNBROKEN}\n`);
  return root;
}
