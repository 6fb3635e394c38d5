/** The files beside the pages: style and script, as they are. */
import { packagedText } from "../../../package/files.ts";
import type { GeneratedFile } from "../../emitter.ts";

const asset = (name: string): string => packagedText(`emit/docs/assets/${name}`);

/** Stands in the head of every page, so that the colours are right before anything is painted. */
export const themeScript = asset("theme.js").trim();

export const siteAssets: readonly GeneratedFile[] = [
  "site.css",
  "site.js",
  "reference.css",
  "reference.js",
  "icon.svg",
].map((name) => ({ path: `assets/${name}`, content: asset(name) }));
