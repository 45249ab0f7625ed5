// Filters and sorts the long tables, and keeps what was chosen in the page's address.

import { words as split } from "./fold.js";
import { say } from "./say.js";

const { lang } = document.documentElement;
const collator = new Intl.Collator(lang, { numeric: true });
const number = new Intl.NumberFormat(lang);
const rules = new Intl.PluralRules(lang);
const narrow = matchMedia("(max-width: 44rem)");
// Shorter tables are read faster than filtered.
const LONG = 6;

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const text = (element) => element?.textContent.trim().replace(/\s+/gu, " ") ?? "";

/** What a cell is called among the choices: its badge, its link, else all of it. */
const choiceOf = (cell) => text(cell?.querySelector(".badge, a") ?? cell);
const yearOf = (cell) => cell?.querySelector("time")?.dateTime.slice(0, 4) ?? "";

/** What a cell sorts by: a number, a day or a text; nothing for an empty one. */
function valueOf(cell, kind) {
  if (kind === "number") return cell?.dataset.value ? Number(cell.dataset.value) : undefined;
  if (kind === "date") return cell?.querySelector("time")?.dateTime;
  return text(cell?.querySelector("a") ?? cell) || undefined;
}

const compare = (one, other) => (typeof one === "string" ? collator.compare(one, other) : one - other);

/** All tables of one name on a page: they are filtered and sorted together. */
function together(name, tables) {
  const heads = [...tables[0].tHead.rows[0].cells];
  const columns = heads.flatMap((head, at) => {
    const [column, sort, filter] = head.dataset.by?.split(":") ?? [];
    return column ? [{ at, label: text(head), column, sort, filter }] : [];
  });
  const rows = tables.flatMap((table) =>
    [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.matches(".group")).map((row, place) => ({ row, place, body, table }))));
  if (rows.length < 2) return;

  const labelled = (key, label, input) => {
    input.id = `_${name}-${key}`;
    return make("div", {}, make("label", { htmlFor: input.id, textContent: label }), input);
  };
  const filters = [];
  const choices = (key, label, of) => {
    const values = new Map();
    for (const one of rows) {
      const value = of(one.row);
      if (value) values.set(value, one);
    }
    if (values.size < 2) return;
    const select = make("select", {}, make("option", { value: "", textContent: say.all }));
    for (const value of [...values.keys()].sort(collator.compare)) select.append(make("option", { value, textContent: value }));
    filters.push({ key, field: labelled(key, label, select), input: select, fits: (one) => !select.value || of(one.row) === select.value });
  };
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  for (const one of rows) one.words = split(one.row.textContent).reduce((all, { word }) => `${all} ${word}`, "");
  let typed = [];
  filters.push({ key: "q", field: labelled("q", say.filter, field), input: field, fits: (one) => typed.every((word) => one.words.includes(` ${word}`)) });
  for (const { at, column, label, filter } of columns)
    if (filter) choices(column, label, (row) => (filter === "year" ? yearOf : choiceOf)(row.cells[at]));
  choices("field", say.field, (row) => row.dataset.field);

  const sorts = make("select", {}, make("option", { value: "", textContent: say.as_published }));
  for (const { column, label } of columns)
    for (const [sign, way] of [["", say.up], ["-", say.down]]) sorts.append(make("option", { value: sign + column, textContent: `${label}, ${way}` }));

  const count = make("p", { className: "meta" });
  count.setAttribute("role", "status");
  const reset = make("button", { type: "button", textContent: say.reset });
  const bar = make("div", { className: "filters" }, ...filters.map((one) => one.field), Object.assign(labelled("sort", say.sort, sorts), { className: "sorts" }), reset, count);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say.table);
  const place = tables.length > 1 ? tables[0].closest("section") : tables[0].closest(".table-scroll") ?? tables[0];
  if (rows.length >= LONG) place.before(bar);

  const buttons = tables.flatMap((table) => columns.map(({ at, column, label }) => {
    const head = table.tHead.rows[0].cells[at];
    const button = make("button", { type: "button", className: "sort", textContent: label });
    button.addEventListener("click", () => {
      sorts.value = { [column]: `-${column}`, [`-${column}`]: "" }[sorts.value] ?? column;
      update();
    });
    head.replaceChildren(button);
    return { head, button, column };
  }));
  const reach = () => {
    for (const { button } of buttons) button.tabIndex = narrow.matches ? -1 : 0;
  };
  narrow.addEventListener("change", reach);
  reach();

  function order() {
    const down = sorts.value.startsWith("-");
    const chosen = columns.find(({ column }) => column === sorts.value.replace(/^-/u, ""));
    for (const { head, column } of buttons) {
      if (column === chosen?.column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const keyed = rows.map((one) => ({ ...one, key: chosen && valueOf(one.row.cells[chosen.at], chosen.sort) }));
    keyed.sort((one, other) => {
      if (one.key === undefined || other.key === undefined) return (one.key === undefined) - (other.key === undefined) || one.place - other.place;
      return (down ? -1 : 1) * compare(one.key, other.key) || one.place - other.place;
    });
    for (const { row, body } of keyed) body.append(row);
    for (const table of tables) table.classList.toggle("flat", Boolean(chosen));
  }

  function update() {
    typed = split(field.value).map(({ word }) => word);
    let shown = 0;
    for (const one of rows) {
      one.row.hidden = !filters.every((filter) => filter.fits(one));
      if (!one.row.hidden) shown += 1;
    }
    for (const table of tables) {
      const left = (part) => [...part.rows].some((row) => row.parentElement.localName === "tbody" && !row.hidden && !row.matches(".group"));
      for (const body of table.tBodies) body.hidden = !left(body);
      if (tables.length > 1) (table.closest("section") ?? table).hidden = !left(table);
    }
    order();
    const filtered = filters.some(({ input }) => input.value);
    reset.hidden = !filtered && !sorts.value;
    const sentence = say[`shown.${rules.select(shown)}`] ?? say["shown.other"];
    count.textContent = filtered ? sentence.replace("{count}", number.format(shown)).replace("{all}", number.format(rows.length)) : "";
    const address = new URL(location.href);
    for (const { key, input } of [...filters, { key: "sort", input: sorts }]) {
      if (input.value) address.searchParams.set(`${name}.${key}`, input.value);
      else address.searchParams.delete(`${name}.${key}`);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  const asked = new URLSearchParams(location.search);
  let wanted = false;
  for (const { key, input } of [...filters, { key: "sort", input: sorts }]) {
    const value = asked.get(`${name}.${key}`);
    if (!value) continue;
    input.value = value;
    wanted ||= input.value === value;
  }
  if (wanted) update();
  else reset.hidden = true;
  bar.addEventListener("input", update);
  reset.addEventListener("click", () => {
    for (const { input } of [...filters, { input: sorts }]) input.value = "";
    update();
    field.focus();
  });
}

const sets = new Map();
for (const table of document.querySelectorAll("table[data-table]")) {
  const { table: name } = table.dataset;
  sets.set(name, [...(sets.get(name) ?? []), table]);
}
for (const [name, tables] of sets) together(name, tables);
