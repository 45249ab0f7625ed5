// What scripts say: the interface texts below `script`, put here in the page's language when the site is built.

export const say = "TEXTS";
