/** The report of the general engine: `redocly diff --format json`, version 1. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";

export const reportVersion = "1";

/** What the engine says about one change. */
export interface EngineChange {
  /** RFC 6901 pointer into both documents, as far as it exists there. */
  readonly pointer: string;
  /** The kind of node in Redocly's terms, such as `Operation`. */
  readonly type: string;
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly verdicts: readonly EngineVerdict[];
}

export interface EngineVerdict {
  readonly rule: string;
  readonly impact: "major" | "minor" | "patch";
  readonly message: string;
  /** The pointer of the very node, which may be a shared component. */
  readonly pointer: string;
}

/** The engine is not installed, failed, or answered in a way that this version does not understand. */
export class EngineFailure extends Error {}

/** @throws EngineFailure for anything but a report of version 1. */
export function readReport(text: string): readonly EngineChange[] {
  let report: JsonObject;
  try {
    // JSON.parse is declared to return `any`; what it returns is JSON.
    report = asObject(JSON.parse(text) as Json);
  } catch {
    throw new EngineFailure("@redocly/cli printed something that is not JSON");
  }
  if (report["reportVersion"] !== reportVersion) {
    throw new EngineFailure(
      `@redocly/cli reports in version ${textOf(report["reportVersion"])}, not ${reportVersion}`,
    );
  }
  return asArray(report["changes"]).filter(isObject).map(readChange);
}

function readChange(change: JsonObject): EngineChange {
  const kind = change["kind"] === "added" || change["kind"] === "removed" ? change["kind"] : "modified";
  return {
    pointer: pointerOf(change["path"]),
    type: textOf(change["typeName"]),
    kind,
    ...(typeof change["property"] === "string" ? { property: change["property"] } : {}),
    verdicts: asArray(change["verdicts"])
      .filter(isObject)
      .map((verdict) => ({
        rule: textOf(verdict["ruleId"]),
        impact: verdict["impact"] === "major" || verdict["impact"] === "minor" ? verdict["impact"] : "patch",
        message: textOf(verdict["message"]),
        pointer: pointerOf(asObject(verdict["location"])["pointer"]),
      })),
  };
}

/** `#/paths/~1a` → `/paths/~1a`. */
function pointerOf(value: Json | undefined): string {
  return typeof value === "string" ? value.replace(/^#/, "") : "";
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
