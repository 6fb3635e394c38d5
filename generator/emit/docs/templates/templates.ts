/** The site's own templates, by the name under which a team can put its own in their place. */
import { packagedText } from "../../../package/files.ts";
import type { TemplateName } from "../site.ts";

export const layoutName = "layout.html.hbs";

const templates: ReadonlyMap<string, string> = new Map(
  [
    "layout.html.hbs",
    "start.html.hbs",
    "start.md.hbs",
    "errors.html.hbs",
    "errors.md.hbs",
    "error.html.hbs",
    "error.md.hbs",
    "retired.html.hbs",
    "retired.md.hbs",
    "matrix.html.hbs",
    "matrix.md.hbs",
    "reference.html.hbs",
    "reference.md.hbs",
    "changelog.html.hbs",
    "changelog.md.hbs",
  ].map((name) => [name, packagedText(`emit/docs/templates/${name}`)]),
);

/** Every name that `docs.templates` may have: the layout, and of each page the HTML and the Markdown form. */
export const overridable: readonly string[] = [...templates.keys()];

export function templateName(name: TemplateName, form: "html" | "md"): string {
  return `${name}.${form}.hbs`;
}

/** `""` for a name that is not in `overridable`. */
export function ownTemplate(name: string): string {
  return templates.get(name) ?? "";
}
