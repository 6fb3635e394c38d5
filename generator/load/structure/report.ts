/** What the structure check says: findings in the order in which they are met, each at its place in the bundle. */
import type { Finding, SourceLocation } from "../../diagnostics/diagnostic.ts";
import type { DiagnosticCode } from "../../diagnostics/registry.ts";
import { joinPointer } from "../../json/pointer.ts";
import type { LoadFailure } from "../failure.ts";

/** `location` stands for a place in a file that could not be read. */
export type StructureFinding = Finding & { readonly location?: SourceLocation };

export class StructureReport {
  /** By place and text: what several references lead to is visited as often. */
  readonly #findings = new Map<string, StructureFinding>();
  /** Tokens of the node that is being visited. */
  path: string[] = [];

  get findings(): readonly StructureFinding[] {
    return [...this.#findings.values()];
  }

  /** Reports the node that is being visited, or the member of it that `tokens` name. */
  add(code: DiagnosticCode, message: string, tokens: readonly string[] = [], fix?: string): void {
    const pointer = joinPointer("", ...this.path, ...tokens);
    this.#note({ code, message, pointer, ...(fix === undefined ? {} : { fix }) });
  }

  /** Reports a reference that leaves a gap, whatever that would be for the document itself. */
  gap(code: DiagnosticCode, message: string): void {
    const pointer = joinPointer("", ...this.path, "$ref");
    this.#note({ code, severity: "assumption", message, pointer });
  }

  /** Reports what keeps the reference of the node that is being visited from being followed. */
  fail({ code, message, fix, location }: LoadFailure): void {
    const pointer = joinPointer("", ...this.path, "$ref");
    const advice = fix === undefined ? {} : { fix };
    this.#note({ code, message, pointer, ...advice, ...(location === undefined ? {} : { location }) });
  }

  #note(finding: StructureFinding): void {
    this.#findings.set(`${finding.pointer} ${finding.message}`, finding);
  }

  /** Runs `visit` one level deeper. */
  below<Result>(token: string, visit: () => Result): Result {
    this.path.push(token);
    const result = visit();
    this.path.pop();
    return result;
  }
}

/** What a value is, for a sentence. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object"
    ? "an object"
    : typeof value === "string"
      ? "a string"
      : `a ${typeof value}`;
}
