// What every page does once it is shown; the rest is loaded where a page needs it.

if (document.querySelector(".search-form")) import("./search.js");
