/** Finds the operation that a method and a path belong to. */
import type { MonitoredContract, MonitoredOperation } from "./contract.ts";

interface Entry {
  readonly operation: MonitoredOperation;
  readonly segments: readonly Segment[];
  /** Segments without an expression. */
  readonly literals: number;
}

/** A text that must be met, or a pattern in which expressions stand for at least one character. */
type Segment = string | RegExp;

export interface FoundOperation {
  readonly operation?: MonitoredOperation;
  /** Methods of the path, in upper case; empty where the document does not have the path. */
  readonly methods: readonly string[];
}

export class OperationIndex {
  readonly #byLength = new Map<number, Entry[]>();
  readonly #basePath: string;

  constructor({ operations, basePath }: Pick<MonitoredContract, "operations" | "basePath">) {
    this.#basePath = basePath;
    for (const operation of operations) {
      const segments = operation.path.split("/").slice(1).map(compileSegment);
      const literals = segments.filter((segment) => typeof segment === "string").length;
      const entries = this.#byLength.get(segments.length) ?? [];
      entries.push({ operation, segments, literals });
      this.#byLength.set(segments.length, entries);
    }
    // Concrete paths come before templated ones (OpenAPI 3.1.1 §4.8.8.2).
    for (const entries of this.#byLength.values()) entries.sort((a, b) => b.literals - a.literals);
  }

  /** @param target path and query as they came, base path included; `undefined` where it lies outside of the base path */
  find(method: string, target: string): FoundOperation | undefined {
    const path = target.split(/[?#]/, 1)[0] ?? "";
    if (!path.startsWith(this.#basePath)) return undefined;
    const rest = path.slice(this.#basePath.length);
    if (rest !== "" && !rest.startsWith("/")) return undefined;
    const segments = rest.split("/").slice(1).map(decode);
    const fitting = (this.#byLength.get(segments.length) ?? []).filter((entry) => fits(entry, segments));
    const found = fitting.find(({ operation }) => operation.method === method.toUpperCase());
    const methods = fitting.map(({ operation }) => operation.method);
    return found === undefined ? { methods } : { operation: found.operation, methods };
  }
}

function compileSegment(segment: string): Segment {
  if (!segment.includes("{")) return decode(segment);
  const parts = segment.split(/\{[^}]*\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+?")}$`, "s");
}

function fits({ segments }: Entry, path: readonly string[]): boolean {
  return segments.every((segment, index) => {
    const text = path[index] ?? "";
    return typeof segment === "string" ? segment === text : segment.test(text);
  });
}

function decode(text: string): string {
  try {
    return text.includes("%") ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}
