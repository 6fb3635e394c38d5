/** Follows every link of a site in memory. */
import { posix } from "node:path";

export interface LinkCheck {
  readonly checked: number;
  /** `page: link`. */
  readonly broken: readonly string[];
}

/** Links between files of the site, with their fragments; Redoc's own (`#/…`) and links to other hosts are not followed. */
export function brokenLinks(site: ReadonlyMap<string, string>): LinkCheck {
  const broken: string[] = [];
  let checked = 0;
  for (const [path, content] of site) {
    for (const link of linksOf(path, content)) {
      if (/^(?:https?|mailto):/.test(link)) continue;
      checked++;
      if (!resolves(site, path, link)) broken.push(`${path}: ${link}`);
    }
  }
  return { checked, broken };
}

function linksOf(path: string, content: string): string[] {
  if (path.endsWith(".html"))
    return Array.from(content.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, link]) => decoded(link ?? ""));
  if (!path.endsWith(".md") && path !== "llms.txt") return [];
  const prose = content.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "");
  return Array.from(prose.matchAll(/\]\(([^)\s]*)\)/g), ([, link]) => link ?? "");
}

function decoded(attribute: string): string {
  return attribute
    .replace(/&#(\d+);|&#x([0-9A-Fa-f]+);/g, (_, decimal: string | undefined, hex: string) =>
      String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replaceAll("&amp;", "&");
}

function resolves(site: ReadonlyMap<string, string>, from: string, link: string): boolean {
  const [address = "", fragment] = link.split("#", 2);
  const path = address === "" ? from : posix.join(posix.dirname(from), decodeURIComponent(address));
  const target = site.get(path);
  if (target === undefined) return false;
  return fragment === undefined || fragment.startsWith("/") || target.includes(` id="${fragment}"`);
}
