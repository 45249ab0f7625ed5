// Keeps an open page as the site is now, and shows mistakes over it. Only `tiendo serve` adds this to pages.

const edition = new URL(import.meta.url).searchParams.get("edition");
const memory = "_tiendo-place";
const ownPage = () => document.getElementById("_tiendo-page");
let shown = edition;
let dismissed = null;
let stream = null;
let latest = null;
let isSettling = false;

// Stands before the body, so that it comes first for the keyboard and outlives the body's content. It is there before
// it has anything to say, so that it is read aloud when it has.
const host = document.createElement("div");
host.id = "_tiendo";
host.setAttribute("aria-live", "polite");
document.documentElement.insertBefore(host, document.body);

function show(mistakes) {
  if (mistakes === null) dismissed = null;
  if (ownPage()) {
    if (mistakes !== null) ownPage().innerHTML = mistakes;
    return;
  }
  if (mistakes === null || mistakes === dismissed) {
    host.replaceChildren();
    return;
  }
  const box = document.createElement("section");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "_tiendo-title");
  box.tabIndex = -1;
  box.innerHTML = mistakes;
  const close = () => {
    dismissed = mistakes;
    host.replaceChildren();
  };
  box.querySelector("button").addEventListener("click", close);
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
  const hadFocus = host.contains(document.activeElement);
  host.replaceChildren(box);
  if (hadFocus) box.focus();
}

// The way to an element: by its id, else by its place among its parent's children.
function wayTo(element) {
  const way = [];
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (at.id) return { id: at.id, way };
    way.unshift([...at.parentElement.children].indexOf(at));
  }
  return { id: null, way };
}

function follow({ id, way }) {
  let at = id ? document.getElementById(id) : document.body;
  for (const place of way) at = at?.children[place];
  return at;
}

function look() {
  const focused = document.activeElement;
  return {
    address: location.pathname,
    x: scrollX,
    y: scrollY,
    focus: focused && focused !== document.body && !host.contains(focused) ? wayTo(focused) : null,
    open: [...document.body.querySelectorAll("details")].filter((details) => details.open).map(wayTo),
  };
}

function restore(place) {
  for (const way of place.open) {
    const details = follow(way);
    if (details?.tagName === "DETAILS") details.open = true;
  }
  if (place.focus) follow(place.focus)?.focus({ preventScroll: true });
  scrollTo({ left: place.x, top: place.y, behavior: "instant" });
}

const hasScripts = (page) =>
  [...page.scripts].some((script) => !(script.getAttribute("src") ?? "").startsWith("/_tiendo/"));

// Puts the page's new content in the place of the old. Where that would not do, the page is loaded again.
async function refresh(next) {
  let page;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.headers.get("content-type")?.startsWith("text/html")) throw new Error("no page any more");
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // The server is gone or busy; the stream tells when it is back.
  }
  const place = look();
  const leadsOn = page.querySelector("meta[http-equiv=refresh i]");
  if (leadsOn || hasScripts(page) || hasScripts(document) || page.getElementById("_tiendo-page") || ownPage()) {
    sessionStorage.setItem(memory, JSON.stringify(place));
    location.reload();
    return;
  }
  await style(page);
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes);
  shown = next;
  restore(place);
}

// Loads style sheets that changed their address before the content that needs them is shown.
async function style(page) {
  const sheets = (of) => [...of.querySelectorAll("link[rel=stylesheet]")];
  const former = new Map(sheets(document).map((sheet) => [sheet.getAttribute("href"), sheet]));
  const loading = [];
  for (const sheet of sheets(page)) {
    const address = sheet.getAttribute("href");
    if (former.delete(address)) continue;
    const added = document.createElement("link");
    added.rel = "stylesheet";
    added.href = address;
    loading.push(new Promise((done) => (added.onload = added.onerror = done)));
    document.head.append(added);
  }
  await Promise.all(loading);
  for (const sheet of former.values()) sheet.remove();
}

// Follows what was told last; what is told meanwhile comes after.
async function settle() {
  isSettling = true;
  while (latest) {
    const told = latest;
    latest = null;
    if (told.edition !== shown) await refresh(told.edition);
    show(told.mistakes);
  }
  isSettling = false;
}

// A browser keeps only a few connections to a server, so pages that nobody sees do not listen.
function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource("/_tiendo/events");
    stream.onmessage = (event) => {
      latest = JSON.parse(event.data);
      if (!isSettling) settle();
    };
  }
}

const remembered = JSON.parse(sessionStorage.getItem(memory));
sessionStorage.removeItem(memory);
if (remembered?.address === location.pathname) restore(remembered);
document.addEventListener("visibilitychange", listen);
listen();
