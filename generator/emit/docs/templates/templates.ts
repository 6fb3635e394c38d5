/** The site's own templates, by the name under which a team can put its own in their place. */
import { readFileSync } from "node:fs";
import type { TemplateName } from "../site.ts";

export const layoutName = "layout.html.hbs";

const templates: ReadonlyMap<string, string> = new Map([
  ["layout.html.hbs", readFileSync(new URL("./layout.html.hbs", import.meta.url), "utf8")],
  ["start.html.hbs", readFileSync(new URL("./start.html.hbs", import.meta.url), "utf8")],
  ["start.md.hbs", readFileSync(new URL("./start.md.hbs", import.meta.url), "utf8")],
  ["errors.html.hbs", readFileSync(new URL("./errors.html.hbs", import.meta.url), "utf8")],
  ["errors.md.hbs", readFileSync(new URL("./errors.md.hbs", import.meta.url), "utf8")],
  ["error.html.hbs", readFileSync(new URL("./error.html.hbs", import.meta.url), "utf8")],
  ["error.md.hbs", readFileSync(new URL("./error.md.hbs", import.meta.url), "utf8")],
  ["retired.html.hbs", readFileSync(new URL("./retired.html.hbs", import.meta.url), "utf8")],
  ["retired.md.hbs", readFileSync(new URL("./retired.md.hbs", import.meta.url), "utf8")],
  ["matrix.html.hbs", readFileSync(new URL("./matrix.html.hbs", import.meta.url), "utf8")],
  ["matrix.md.hbs", readFileSync(new URL("./matrix.md.hbs", import.meta.url), "utf8")],
  ["reference.html.hbs", readFileSync(new URL("./reference.html.hbs", import.meta.url), "utf8")],
  ["reference.md.hbs", readFileSync(new URL("./reference.md.hbs", import.meta.url), "utf8")],
  ["changelog.html.hbs", readFileSync(new URL("./changelog.html.hbs", import.meta.url), "utf8")],
  ["changelog.md.hbs", readFileSync(new URL("./changelog.md.hbs", import.meta.url), "utf8")],
]);

/** Every name that `docs.templates` may have: the layout, and of each page the HTML and the Markdown form. */
export const overridable: readonly string[] = [...templates.keys()];

export function templateName(name: TemplateName, form: "html" | "md"): string {
  return `${name}.${form}.hbs`;
}

/** `""` for a name that is not in `overridable`. */
export function ownTemplate(name: string): string {
  return templates.get(name) ?? "";
}
