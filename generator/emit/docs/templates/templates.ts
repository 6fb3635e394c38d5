/** The site's own templates, by the name under which a team can put its own in their place. */
import { readFileSync } from "node:fs";
import { templateNames, type TemplateName } from "../site.ts";

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");

export const layoutName = "layout.html.hbs";

/** Every name that `docs.templates` may have: the layout, and of each page the HTML and the Markdown form. */
export const overridable: readonly string[] = [
  layoutName,
  ...templateNames.flatMap((name) => [templateName(name, "html"), templateName(name, "md")]),
];

export function templateName(name: TemplateName, form: "html" | "md"): string {
  return `${name}.${form}.hbs`;
}

export function ownTemplate(name: string): string {
  return read(name);
}
