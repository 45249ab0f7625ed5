// What every page does once it is shown; the rest is loaded where a page needs it.

import { say } from "./say.js";

const make = (name, properties) => Object.assign(document.createElement(name), { type: "button", ...properties });

/** A button that goes from the system's colours to light, to dark and back, and keeps the choice. */
function themeSwitch() {
  const THEMES = ["auto", "light", "dark"];
  const root = document.documentElement;
  const button = make("button", { className: "theme" });
  const name = () => (button.textContent = `${say["theme.label"]}: ${say[`theme.${root.dataset.theme ?? "auto"}`]}`);
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "auto") + 1) % THEMES.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // A browser that keeps nothing forgets the choice with the page.
    }
    name();
  });
  name();
  document.querySelector(".site-footer .wrap").append(button);
}

/** A button beside each text that is meant to be taken along. */
function copyButtons() {
  for (const source of document.querySelectorAll("[data-copy]")) {
    const button = make("button", { className: "copy", textContent: say.copy });
    const status = make("span", { className: "meta" });
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        status.textContent = say.copied;
      } catch {
        // Where the clipboard is closed to pages, the text is marked and can be copied by hand.
        getSelection().selectAllChildren(source);
        status.textContent = say.marked;
      }
    });
    const line = make("p", { className: "copy-line" });
    line.append(button, " ", status);
    source.after(line);
  }
}

themeSwitch();
copyButtons();
if (document.querySelector(".search-form")) import("./search.js");
if (document.querySelector("table[data-table]")) import("./tables.js");
