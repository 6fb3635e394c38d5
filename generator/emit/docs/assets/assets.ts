/** The files beside the pages: style and script, as they are. */
import { readFileSync } from "node:fs";

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");

/** Stands in the head of every page, so that the colours are right before anything is painted. */
export const themeScript = read("theme.js")
  .replace(/^\s*\/\/[^\n]*\n/gm, "")
  .trim();

export const siteAssets: readonly { readonly path: string; readonly content: string }[] = [
  ...["site.css", "site.js", "reference.css", "reference.js", "icon.svg"].map((name) => ({
    path: `assets/${name}`,
    content: read(name),
  })),
];
