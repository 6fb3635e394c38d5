/** The section `diff` of `lockstep.yaml`: how changes are rated, and what is ignored. */
import { resolve } from "node:path";
import { clientKinds, impacts, type ClientKind, type Impact } from "../diff/change.ts";
import { isRuleName, ruleTable } from "../diff/rule-table.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ConfigReport, Mapping } from "./mapping.ts";

export const failLimits = ["breaking", "risky", "safe", "none"] as const;
export type FailLimit = (typeof failLimits)[number];

/** What the file says; absent members have the defaults of `lockstep diff`. */
export interface DiffConfig {
  readonly failOn?: FailLimit;
  readonly clients?: readonly ClientKind[];
  readonly impacts?: Readonly<Record<string, Impact | "off">>;
  readonly stability?: Readonly<Record<string, Impact>>;
  /** Absolute. */
  readonly ignoreFile?: string;
}

export const diffKeys = ["failOn", "clients", "impacts", "stability", "ignoreFile"] as const;

/** Reads the section; `folder` is the configuration file's, which paths are relative to. */
export function readDiffConfig(section: Mapping, folder: string, report: ConfigReport): DiffConfig {
  const failOn = section.oneOf("failOn", failLimits);
  const ignoreFile = section.optionalString("ignoreFile");
  const clients = readClients(section, report);
  const levels = [...impacts, "off"] as const;
  const ratings = section.keys.includes("impacts") ? section.mapping("impacts") : undefined;
  const stability = section.keys.includes("stability") ? section.mapping("stability") : undefined;
  for (const rule of ratings?.keys ?? []) reportUnknownRule(rule, report);
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(ignoreFile === undefined ? {} : { ignoreFile: resolve(folder, ignoreFile) }),
    ...(clients === undefined ? {} : { clients }),
    ...(ratings === undefined ? {} : { impacts: choices(ratings, levels) }),
    ...(stability === undefined ? {} : { stability: choices(stability, impacts) }),
  };
}

function choices<Choice extends string>(
  mapping: Mapping,
  allowed: readonly Choice[],
): Record<string, Choice> {
  return Object.fromEntries(
    mapping.keys.flatMap((key) => {
      const value = mapping.oneOf(key, allowed);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function readClients(section: Mapping, report: ConfigReport): readonly ClientKind[] | undefined {
  const names = section.strings("clients");
  if (names === undefined) return undefined;
  const known = clientKinds.filter((kind) => names.includes(kind));
  const strange = names.find((name) => clientKinds.every((kind) => kind !== name));
  if (strange === undefined && known.length > 0) return known;
  const message =
    strange === undefined ? "`diff.clients` names no client." : `There is no kind of client \`${strange}\`.`;
  report.add("lockstep/config-value", message, ["diff", "clients"], {
    fix: `Known: ${clientKinds.join(", ")}.`,
  });
  return undefined;
}

function reportUnknownRule(rule: string, report: ConfigReport): void {
  if (isRuleName(rule)) return;
  const near = suggest(rule, Object.keys(ruleTable));
  const fix = near === undefined ? "docs/diff.md lists the rules." : `Did you mean \`${near}\`?`;
  report.add("lockstep/config-unknown-key", `There is no rule \`${rule}\`.`, ["diff", "impacts", rule], {
    on: "key",
    fix,
  });
}
