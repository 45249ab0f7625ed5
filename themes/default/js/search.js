// Searches the site as one types, in an index of small files; src/render/search/index.rs says how they are made.

import { highlight, words } from "./fold.js";
import { say } from "./say.js";

const PAGE = 10;
// How many files of words a beginning of a word may load: "th" begins many.
const SHARDS = 4;
// What it counts that a word stands in a document's number, in a title, beside it or in a text: whole, or the beginning of one.
const WHOLE = [12, 8, 4];
const BEGUN = [9, 6, 3];
const TEXT = [2, 1];

const form = document.querySelector(".search-form");
const { index, root, lang } = form.dataset;
const field = form.querySelector("input");
const section = document.querySelector(".results");
const status = section.querySelector("[role=status]");
const list = section.querySelector("ol");
const more = section.querySelector("button");
const alphabet = document.querySelectorAll(".alphabet, .pages");
const rules = new Intl.PluralRules(document.documentElement.lang);
const number = new Intl.NumberFormat(document.documentElement.lang);

const loaded = new Map();
/** The content of a file, asked for once. */
function load(path) {
  if (!loaded.has(path)) {
    const content = fetch(path).then((response) => (response.ok ? response.json() : Promise.reject(new Error(path))));
    loaded.set(path, content);
    content.catch(() => loaded.delete(path));
  }
  return loaded.get(path);
}

/** The file at a place among those of a part of the index. */
function shard({ first, files }, place) {
  const length = files.length / first.length;
  return load(index.replace(/[0-9a-f]+\.json$/u, `${files.slice(place * length, (place + 1) * length)}.json`));
}

/** The place of the last entry of an ascending list that is not above the one sought. */
function placeOf(list, sought) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= sought) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Calls `each` with every number of a list that is written as runs. */
function decode(text, each) {
  let at = 0;
  const read = () => {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      const digit = DIGITS.indexOf(text[at++]);
      value += (digit & 31) * 2 ** shift;
      if (digit < 32) return value;
    }
  };
  for (let next = 0; at < text.length; ) {
    const head = read();
    next += Math.floor(head / 2);
    for (let left = head % 2 ? read() + 2 : 1; left > 0; left -= 1) each(next++);
  }
}

/** The rows of a part of the index whose words begin so, or are that word. */
async function rows(part, word, whole) {
  if (part.first.length === 0) return [];
  const start = placeOf(part.first, word);
  const last = whole ? start : Math.min(placeOf(part.first, `${word}\u{10ffff}`), start + SHARDS - 1);
  const cells = (await Promise.all(Array.from({ length: last - start + 1 }, (_, at) => shard(part, start + at)))).flat();
  const found = [];
  for (let at = 0; at < cells.length; at += part.width)
    if (whole ? cells[at] === word : cells[at].startsWith(word)) found.push(cells.slice(at, at + part.width));
  return found;
}

/** The rows of a typed word: of all that begin so where it is the last, which may not be typed to its end. */
async function typed(part, word, last) {
  const whole = last ? [] : await rows(part, word, true);
  return whole.length > 0 ? whole : rows(part, word, false);
}

/** Two words or more that a word may be, typed without spaces: "dongkhoi". */
async function split(part, word) {
  for (let length = word.length - 1; length > 0; length -= 1) {
    const head = word.slice(0, length);
    if ((await rows(part, head, true)).length === 0) continue;
    const tail = word.slice(length);
    if ((await rows(part, tail, false)).length > 0) return [head, tail];
    const rest = await split(part, tail);
    if (rest) return [head, ...rest];
  }
  return undefined;
}

/** The numbers of the entries that hold all words, the best first; and the words as they were understood. */
async function find(wanted) {
  const base = await load(index);
  const titles = { ...base.titles, width: 4 };
  const texts = { ...base.texts, width: 2 };
  const known = [];
  for (const word of wanted) {
    const fits = (await typed(titles, word, word === wanted.at(-1))).length > 0 || (await rows(texts, word, true)).length > 0;
    known.push(...((!fits && (await split(titles, word))) || [word]));
  }
  const scores = known.map(() => new Uint8Array(base.entries));
  const raise = (score, cells, value) => decode(cells, (id) => (score[id] = Math.max(score[id], value)));
  await Promise.all(known.map(async (word, at) => {
    for (const [term, ...lists] of await typed(titles, word, at + 1 === known.length)) {
      const values = term === word ? WHOLE : BEGUN;
      lists.forEach((list, place) => raise(scores[at], list, values[place]));
    }
  }));
  const rank = () => {
    const found = [];
    for (let id = 0; id < base.entries; id += 1) {
      let total = 0;
      if (scores.every((score) => score[id] > 0 && (total += score[id]))) found.push([total, id]);
    }
    return found.sort((one, other) => other[0] - one[0] || one[1] - other[1]).map(([, id]) => id);
  };
  const found = rank();
  if (found.length >= PAGE) return { base, known, found };
  await Promise.all(known.map(async (word, at) => {
    if (base.common.includes(word)) {
      scores[at].forEach((score, id) => (scores[at][id] = Math.max(score, 1)));
      return;
    }
    for (const [term, text] of await rows(texts, word, at + 1 < known.length)) raise(scores[at], text, TEXT[term === word ? 0 : 1]);
  }));
  return { base, known, found: rank() };
}

/** What is shown of an entry. */
async function entry(base, id) {
  const place = placeOf(base.blocks.first, id);
  return (await shard(base.blocks, place))[id - base.blocks.first[place]];
}

function item([title, label, unit, address, foreign = 0], known) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = root + address;
  if (foreign & 1) link.lang = lang;
  highlight(link, title, known);
  const small = document.createElement("small");
  highlight(small, label, known);
  if (unit) {
    const name = document.createElement("span");
    if (foreign & 2) name.lang = lang;
    highlight(name, unit, known);
    small.append(" · ", name);
  }
  line.append(link, " ", small);
  return line;
}

let turn = 0;
let shown = { found: [] };

async function show(from) {
  const { base, known, found } = shown;
  const mine = turn;
  const entries = await Promise.all(found.slice(from, from + PAGE).map((id) => entry(base, id)));
  if (mine !== turn) return;
  const lines = entries.map((one) => item(one, known));
  if (from === 0) list.replaceChildren(...lines);
  else list.append(...lines);
  more.hidden = list.children.length >= found.length;
  if (from > 0) lines[0]?.querySelector("a").focus();
}

async function search() {
  const mine = (turn += 1);
  const text = field.value.trim();
  const wanted = words(text).map(({ word }) => word);
  const address = new URL(location.href);
  if (text) address.searchParams.set("q", text);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  const searches = wanted.length > 0 && (wanted.length > 1 || wanted[0].length > 1 || /\p{N}/u.test(wanted[0]));
  section.hidden = !searches;
  for (const part of alphabet) part.hidden = searches;
  if (!searches) {
    list.replaceChildren();
    status.textContent = "";
    section.setAttribute("aria-busy", "false");
    return;
  }
  try {
    const result = await find([...new Set(wanted)]);
    if (mine !== turn) return;
    shown = result;
    await show(0);
    if (mine !== turn) return;
    const { length } = result.found;
    const sentence = say[`found.${rules.select(length)}`] ?? say["found.other"];
    status.textContent = length ? sentence.replace("{count}", number.format(length)) : say.nothing;
  } catch {
    if (mine === turn) status.textContent = say.failed;
  }
  if (mine === turn) section.setAttribute("aria-busy", "false");
}

/** Moves along field and results; `step` is 1 or −1. */
function move(step) {
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
}

form.hidden = false;
let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  section.setAttribute("aria-busy", "true");
  waiting = setTimeout(search, 80);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  await search();
  list.querySelector("a")?.focus();
});
for (const part of [form, list])
  part.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    } else if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      field.focus();
      search();
    }
  });
more.addEventListener("click", () => show(list.children.length));

field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
