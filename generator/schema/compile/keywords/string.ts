/** Keywords for strings: `minLength`, `maxLength`, `pattern` (validation §6.3) and `format` (§7). */
import { reject } from "../reject.ts";
import { stringFormat } from "../../analyse/formats.ts";
import type { Site } from "../site.ts";
import { stringLiteral } from "../../../print/literal.ts";
import type { Step } from "../../code/steps.ts";
import { asserted, count } from "./read.ts";

export function hasStringKeywords({ schema }: Site): boolean {
  return ["minLength", "maxLength", "pattern", "format"].some((keyword) => schema[keyword] !== undefined);
}

/** `site.value` is a string here. Cheap tests come first, so that a pattern never sees a string that is too long. */
export function applyString(site: Site): Step[] {
  return [...lengths(site), ...pattern(site), ...format(site)];
}

/** Lengths count code points (RFC 8259 §8.1), so UTF-16 length decides only where it is certain. */
function lengths(site: Site): Step[] {
  const steps: Step[] = [];
  const { value } = site;
  const most = count(site, "maxLength");
  const least = count(site, "minLength");
  if (most !== undefined) {
    const surely = most === 0 ? `${value} !== ""` : `${value}.length > ${String(most)}`;
    const exact = `${surely} && ${site.unit.module.helper("codePoints")}(${value}) > ${String(most)}`;
    steps.push(reject(site, most === 0 ? surely : exact, "maxLength", String(most)));
  }
  if (least === 1) steps.push(reject(site, `${value} === ""`, "minLength", "1"));
  if (least !== undefined && least > 1) {
    // A string of n UTF-16 units has between n/2 and n code points.
    const exact = `${site.unit.module.helper("codePoints")}(${value}) < ${String(least)}`;
    steps.push(
      reject(site, `${value}.length < ${String(2 * least)} && ${exact}`, "minLength", String(least)),
    );
  }
  return steps;
}

function pattern(site: Site): Step[] {
  const source = asserted(site, "pattern");
  if (source === undefined) return [];
  if (typeof source !== "string") {
    site.compiler.unsupported(site.node, "pattern", "`pattern` is not a string");
    return [];
  }
  const matcher = site.compiler.pattern(site, source, "pattern");
  return matcher === undefined
    ? []
    : [reject(site, `!${matcher}.test(${site.value})`, "pattern", stringLiteral(source))];
}

function format(site: Site): Step[] {
  const name = site.schema["format"];
  if (typeof name !== "string") return [];
  const helper = stringFormat(name, site.compiler.formats);
  if (helper === undefined) {
    site.compiler.noteFormat(site.node, name);
    return [];
  }
  if (helper === "any") return [];
  return [reject(site, `!${site.unit.module.helper(helper)}(${site.value})`, "format", stringLiteral(name))];
}
