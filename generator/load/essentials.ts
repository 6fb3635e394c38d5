/** The lint of a document that is about to be generated from: structure and references of every file, in one pass. */
import {
  createConfig,
  detectSpec,
  getTypes,
  normalizeTypes,
  normalizeVisitors,
  resolveDocument,
  walkDocument,
  type Config,
  type NormalizedProblem,
  type Oas3Rule,
  type ResolvedRefMap,
} from "@redocly/openapi-core";
import lockstepPlugin from "../rules/plugin.ts";
import { References } from "./references.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

export interface Essentials {
  readonly problems: readonly NormalizedProblem[];
  readonly references: References;
}

/** Redocly finds every reference with it; it holds nothing, so that walking stays in one file (see below). */
const noReferences: ResolvedRefMap = new Map();

/**
 * Resolves every reference of the document, then checks structure and references.
 *
 * Redocly's walk follows a `$ref` by recursion, and schemas may form chains that are longer than the stack is deep. So
 * it is given no resolved references: it checks what stands in a file, and what references lead to in other files is
 * walked after it, one piece at a time.
 */
export async function checkEssentials(root: LoadedFile, resolver: GuardedResolver): Promise<Essentials> {
  const config = await createConfig({ plugins: [lockstepPlugin()] });
  const specVersion = detectSpec(root.value);
  const types = normalizeTypes(config.extendTypes(getTypes(specVersion), specVersion), config);
  const rootType = types["Root"];
  if (rootType === undefined) throw new Error(`no types for ${specVersion}`);
  // Nothing is left to resolve where the survey has followed every reference.
  const resolved = root.selfContained
    ? undefined
    : await resolveDocument({ rootDocument: root.document, rootType, externalRefResolver: resolver });
  const references = new References(root.document, resolved);
  const visitors = [structRule(config)({}), references.visitor()].flat();
  const normalizedVisitors = normalizeVisitors(
    visitors.map((visitor) => ({ severity: "error" as const, ruleId: "struct", visitor })),
    types,
  );
  const problems: NormalizedProblem[] = [];
  references.add(root.document.source, "#/", root.value, rootType);
  for (let piece = references.next(); piece !== undefined; piece = references.next()) {
    const ctx = { problems: [], specVersion, config, visitorsData: {} };
    const document = { source: piece.source, parsed: piece.node };
    walkDocument({ document, rootType: piece.type, normalizedVisitors, resolvedRefMap: noReferences, ctx });
    for (const problem of ctx.problems) problems.push(moved(problem, piece.pointer));
  }
  return { problems, references };
}

function structRule(config: Config): (options: object) => ReturnType<Oas3Rule> {
  for (const set of config.getRulesForSpecVersion("oas3")) {
    // The sets of OpenAPI 3 hold its rules; the declared union is of all specifications.
    const rule = (set as Readonly<Record<string, ((options: object) => ReturnType<Oas3Rule>) | undefined>>)[
      "struct"
    ];
    if (rule !== undefined) return rule;
  }
  throw new Error("Redocly's rule `struct` is missing");
}

/** A problem of a piece, with its pointers from the root of the file. */
function moved(problem: NormalizedProblem, pointer: string): NormalizedProblem {
  if (pointer === "#/") return problem;
  const location = problem.location.map((place) =>
    place.pointer === undefined ? place : { ...place, pointer: pointer + place.pointer.slice(1) },
  );
  return { ...problem, location };
}
