/** The lint of a document that is about to be generated from: structure and references of every file, in one pass. */
import type {
  Config,
  NormalizedNodeType,
  NormalizedProblem,
  Oas3Visitor,
  ResolvedRefMap,
  SpecVersion,
} from "@redocly/openapi-core";
import type { JsonObject } from "../json/json.ts";
import { extendTypes } from "./vocabulary-types.ts";
import { detectSpec, getTypes, normalizeTypes, normalizeVisitors, Struct, walkDocument } from "./redocly.ts";
import { readReached } from "./reached.ts";
import { References, type Piece } from "./references.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";
import type { Reference } from "./targets.ts";

export interface Essentials {
  readonly problems: readonly NormalizedProblem[];
  readonly references: References;
  /**
   * What is wrong with the structure of the bundle, pointers from its root: for values that other files hold, which
   * nothing has looked at where they are written.
   */
  readonly checkBundle: (bundle: JsonObject) => readonly NormalizedProblem[];
  /** The `$ref`s that lead only to one another, and never to a value. */
  readonly cycles: readonly Reference[];
}

/** Redocly finds every reference with it; it holds nothing, so that walking stays in one file (see below). */
const noReferences: ResolvedRefMap = new Map();

/** The walk hands it on to rules; the two that run here do not look at it. */
const noConfig = Object.create(null) as Config;

/**
 * Reads every file of the document, then checks structure and references.
 *
 * Redocly's walk follows a `$ref` by recursion, and schemas may form chains that are longer than the stack is deep. So
 * it is given no resolved references: it checks what stands in a file, and what references lead to in other files is
 * walked after it, one piece at a time. Its resolver recurses, too, and ends the process where several references lead
 * to themselves.
 */
export async function checkEssentials(root: LoadedFile, resolver: GuardedResolver): Promise<Essentials> {
  const specVersion = detectSpec(root.value);
  const types = normalizeTypes(extendTypes(getTypes(specVersion)));
  const rootType = types["Root"];
  if (rootType === undefined) throw new Error(`no types for ${specVersion}`);
  // Nothing is left to resolve where the survey has followed every reference.
  const targets = root.selfContained ? undefined : await readReached(root, resolver);
  const references = new References(root.document, targets);
  const check = walker(specVersion, types, [Struct({}), references.visitor()].flat());
  const { source } = root.document;
  // By place and text: a part that is referred to may stand in another that is checked, too.
  const problems = new Map<string, NormalizedProblem>();
  references.add(source, "#/", root.value, rootType);
  for (let piece = references.next(); piece !== undefined; piece = references.next()) {
    for (const problem of check(piece).map((found) => moved(found, piece.pointer))) {
      const [place] = problem.location;
      problems.set(`${place?.source.absoluteRef ?? ""}${place?.pointer ?? ""} ${problem.message}`, problem);
    }
  }
  const checkBundle = (node: JsonObject): readonly NormalizedProblem[] =>
    references.fillsIn
      ? walker(specVersion, types, [Struct({})].flat())({ source, node, type: rootType })
      : [];
  return { problems: [...problems.values()], references, checkBundle, cycles: targets?.cycles ?? [] };
}

/** Walks a part of a document by its type. */
function walker(
  specVersion: SpecVersion,
  types: Record<string, NormalizedNodeType>,
  visitors: readonly Oas3Visitor[],
): (piece: Omit<Piece, "pointer">) => readonly NormalizedProblem[] {
  const normalizedVisitors = normalizeVisitors(
    visitors.map((visitor) => ({ severity: "error" as const, ruleId: "struct", visitor })),
    types,
  );
  return ({ source, node, type }) => {
    const ctx = { problems: [], specVersion, config: noConfig, visitorsData: {} };
    const document = { source, parsed: node };
    walkDocument({ document, rootType: type, normalizedVisitors, resolvedRefMap: noReferences, ctx });
    return ctx.problems;
  };
}

/** A problem of a piece, with its pointers from the root of the file. */
function moved(problem: NormalizedProblem, pointer: string): NormalizedProblem {
  if (pointer === "#/") return problem;
  const location = problem.location.map((place) =>
    place.pointer === undefined ? place : { ...place, pointer: pointer + place.pointer.slice(1) },
  );
  return { ...problem, location };
}
