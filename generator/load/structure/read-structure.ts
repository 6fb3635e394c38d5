/** Reads a bundle as OpenAPI: every later stage can rely on the shape of what comes out. */
import type { JsonObject } from "../../json/json.ts";
import type { Line } from "../../openapi/objects.ts";
import type { BrokenReferences } from "./broken.ts";
import { openLoops } from "./loops.ts";
import type { StructureFinding } from "./report.ts";
import { StructureWalk } from "./walk.ts";

export interface Structure {
  /** The bundle as it is meant; the very same object where it is sound. */
  readonly document: JsonObject;
  /** Pointers are into the bundle. */
  readonly findings: readonly StructureFinding[];
  /** The pointer into the bundle of what is at a pointer into `document`. */
  readonly origin: (pointer: string) => string;
}

export function readStructure(bundle: JsonObject, line: Line, broken: BrokenReferences): Structure {
  const walk = new StructureWalk(bundle, line, broken);
  const { document, findings } = openLoops(walk.run(), walk.schemaTargets);
  const origin = (pointer: string): string => walk.trace.origin(pointer);
  const loops = findings.map((finding) => ({ ...finding, pointer: origin(finding.pointer) }));
  return { document, findings: [...walk.report.findings, ...loops], origin };
}
