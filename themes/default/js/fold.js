// Takes texts apart into words as src/render/search/fold.rs does; tests/folding.json holds cases that both must pass.

const MARKS = /\p{M}/gu;
const DIGIT = /\p{N}/u;
const LETTER = /\p{Alphabetic}/u;

function foldLetter(letter) {
  return letter.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/[đðɖ]/gu, "d");
}

/** The text as it is compared: `Đồng Khởi` is `dong khoi`. */
export function fold(text) {
  return Array.from(text, foldLetter).join("");
}

/** The folded words of a text, each with its place in the text: `{ word, starts, ends }`, one start and end a letter. */
export function words(text) {
  const found = [];
  let kind = "";
  let open;
  let at = 0;
  const end = (place) => {
    if (open) open.ends[open.ends.length - 1] = place;
  };
  for (const letter of text) {
    const parts = [...foldLetter(letter)];
    // Marks belong to the letter before them.
    if (parts.length === 0) end(at + letter.length);
    for (const part of parts) {
      const now = DIGIT.test(part) ? "digit" : LETTER.test(part) ? "letter" : "";
      if (now !== kind) {
        open = undefined;
        kind = now;
        if (now) found.push((open = { word: "", starts: [], ends: [] }));
      }
      if (!now) continue;
      open.word += part;
      open.starts.push(at);
      open.ends.push(at + letter.length);
    }
    at += letter.length;
  }
  for (const one of found) {
    const bare = DIGIT.test(one.word) ? one.word.replace(/^0+(?=.)/u, "") : one.word;
    const gone = [...one.word].length - [...bare].length;
    if (gone > 0) {
      // What is left out still belongs to the number: "03" is marked whole.
      one.starts = [one.starts[0], ...one.starts.slice(gone + 1)];
      one.ends = one.ends.slice(gone);
      one.word = bare;
    }
  }
  return found;
}

/** The stretches of a text, as pairs of places, that begin a word with one of the given words. */
export function stretches(text, wanted) {
  const found = [];
  for (const { word, starts, ends } of words(text)) {
    const fits = wanted.filter((one) => word.startsWith(one)).map((one) => [...one].length);
    const length = Math.max(0, ...fits);
    if (length > 0) found.push([starts[0], ends[length - 1]]);
  }
  return found;
}

/** Puts a text into an element, the parts that fit the given words marked. */
export function highlight(element, text, wanted) {
  let done = 0;
  for (const [start, end] of stretches(text, wanted)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    element.append(text.slice(done, start), mark);
    done = end;
  }
  element.append(text.slice(done));
}
