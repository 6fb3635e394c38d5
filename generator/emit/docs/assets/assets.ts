/** The files beside the pages: style and script, as they are. */
import { readFileSync } from "node:fs";
import type { GeneratedFile } from "../../emitter.ts";

/** Stands in the head of every page, so that the colours are right before anything is painted. */
export const themeScript = readFileSync(new URL("./theme.js", import.meta.url), "utf8").trim();

export const siteAssets: readonly GeneratedFile[] = [
  { path: "assets/site.css", content: readFileSync(new URL("./site.css", import.meta.url), "utf8") },
  { path: "assets/site.js", content: readFileSync(new URL("./site.js", import.meta.url), "utf8") },
  {
    path: "assets/reference.css",
    content: readFileSync(new URL("./reference.css", import.meta.url), "utf8"),
  },
  { path: "assets/reference.js", content: readFileSync(new URL("./reference.js", import.meta.url), "utf8") },
  { path: "assets/icon.svg", content: readFileSync(new URL("./icon.svg", import.meta.url), "utf8") },
];
