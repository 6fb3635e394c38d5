/** One page without scripts or anything from elsewhere; to be kept as an artefact of a build. */
import { printableJson } from "../../diagnostics/printable.ts";
import type { Impact } from "../change.ts";
import { escapeMarkup } from "./escape.ts";
import { summaryOf, whoBreaks, type DiffReport, type PlacedChange } from "./report.ts";

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
article { border-left: .3rem solid; padding: .1rem 1rem; margin: 1rem 0; }
.breaking { border-color: #c62828; } .risky { border-color: #b26a00; } .safe { border-color: #2e7d32; }
pre { overflow-x: auto; padding: .5rem; border: 1px solid; }
.rule { font-family: monospace; }`;

/** A whole document that ends with a line feed. */
export function renderHtml(report: DiffReport): string {
  const { base, revision, changes, bump } = report;
  const title = `${report.title}: ${summaryOf(report)}`;
  const sections = (["breaking", "risky", "safe"] as const).flatMap((impact) =>
    section(
      impact,
      changes.filter((change) => change.impact === impact),
    ),
  );
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeMarkup(title)}</title><style>${style}</style></head>`,
    "<body><main>",
    `<h1>${escapeMarkup(title)}</h1>`,
    `<p>${escapeMarkup(base.label)} (${escapeMarkup(base.version)}) → ${escapeMarkup(revision.label)} (${escapeMarkup(revision.version)}). Version bump: <strong>${bump}</strong>.</p>`,
    ...sections,
    ...report.ignored.map(
      ({ change, reason, expires }) =>
        `<p>Ignored until ${escapeMarkup(expires)}: ${escapeMarkup(change.message)} (${escapeMarkup(reason)})</p>`,
    ),
    "</main></body></html>",
    "",
  ].join("\n");
}

function section(impact: Impact, changes: readonly PlacedChange[]): string[] {
  if (changes.length === 0) return [];
  const name = impact.charAt(0).toUpperCase() + impact.slice(1);
  return [`<h2>${name} (${changes.length})</h2>`, ...changes.map((change) => article(impact, change))];
}

function article(impact: Impact, change: PlacedChange): string {
  const broken = whoBreaks(change);
  const frames = [change.baseLocation, change.revisionLocation].flatMap((location) =>
    location?.frame === undefined
      ? []
      : [`<p>${escapeMarkup(location.file)}:${location.line}</p><pre>${escapeMarkup(location.frame)}</pre>`],
  );
  const { counterexample } = change;
  return [
    `<article class="${impact}"><h3>${escapeMarkup(change.message)}</h3>`,
    `<p><span class="rule">${escapeMarkup(change.rule)}</span>${broken === "" ? "" : ` · breaks ${broken}`}</p>`,
    `<p>${escapeMarkup(change.advice)}</p>`,
    ...(frames.length === 0 ? [] : [`<details><summary>Lines</summary>${frames.join("")}</details>`]),
    ...(counterexample === undefined
      ? []
      : [
          `<details><summary>Proof: accepted by the ${counterexample.acceptedBy} only</summary><pre>${escapeMarkup(printableJson(counterexample.message, 2))}</pre></details>`,
        ]),
    ...(change.operations.length > 2
      ? [
          `<details><summary>${change.operations.length} operations</summary><p>${change.operations.map(escapeMarkup).join(", ")}</p></details>`,
        ]
      : []),
    "</article>",
  ].join("");
}
