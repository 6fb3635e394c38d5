/** Which declared answers were given: the contract's (operation, status, code) against the recorded ones. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { isObject, type Json } from "../../json/json.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { UsageError } from "../exit-codes.ts";

/** One line of a recording; `code` is `null` for an answer without one. */
export interface Answered {
  readonly operation: string;
  readonly status: number;
  readonly code: string | null;
}

/**
 * Reads a recording: one JSON object a line.
 *
 * @throws UsageError with the line that is none.
 */
export function parseAnswers(text: string, name: string): readonly Answered[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const answered = parseLine(line);
    if (answered !== undefined) return [answered];
    throw new UsageError(`${name}:${String(index + 1)} is no line of a coverage recorder.`);
  });
}

/** What of one operation was never answered: `404 not_found`, `204`. */
export interface Gap {
  readonly operation: string;
  readonly missing: readonly string[];
  readonly finding: Finding;
}

/** The operations with declared answers that were never given, in document order. */
export function uncovered(
  model: ApiModel,
  answers: readonly Answered[],
  except: ReadonlySet<string>,
): readonly Gap[] {
  const byOperation = groupByOperation(answers);
  return model.operations.flatMap((operation) => {
    const given = byOperation.get(operation.id) ?? [];
    const missing = declared(operation)
      .filter(({ code }) => code === null || !except.has(code))
      .filter((pair) => !given.some((answer) => covers(operation, pair, answer)))
      .map(({ status, code }) => (code === null ? status : `${status} ${code}`));
    return missing.length === 0 ? [] : [gapOf(operation, missing)];
  });
}

function gapOf({ id, pointer }: Operation, missing: readonly string[]): Gap {
  const message = `No test was answered by ${id} with ${missing.join(", ")}.`;
  return { operation: id, missing, finding: { code: "lockstep/answer-not-covered", pointer, message } };
}

function groupByOperation(answers: readonly Answered[]): ReadonlyMap<string, readonly Answered[]> {
  const groups = new Map<string, Answered[]>();
  for (const answer of answers) {
    const group = groups.get(answer.operation);
    if (group === undefined) groups.set(answer.operation, [answer]);
    else group.push(answer);
  }
  return groups;
}

interface Declared {
  readonly status: string;
  readonly code: string | null;
}

/** Every error, and every response that carries none. */
function declared({ errors, responses }: Operation): readonly Declared[] {
  const coded = new Set(errors.map(({ status }) => status));
  const plain = responses.filter(({ status }) => !coded.has(status));
  return [
    ...plain.map(({ status }) => ({ status, code: null })),
    ...errors.map(({ status, code }) => ({ status, code })),
  ];
}

/** A class (`2XX`) and `default` are covered by any status that nothing more exact is declared for. */
function covers({ responses }: Operation, { status, code }: Declared, answer: Answered): boolean {
  if (answer.code !== code) return false;
  const exact = String(answer.status);
  const keys = [exact, `${exact.charAt(0)}XX`, "default"];
  const key = keys.find((one) => responses.some((response) => response.status === one));
  return key === status;
}

function parseLine(line: string): Answered | undefined {
  let value: Json;
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    value = JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { operation, status, code } = value;
  if (typeof operation !== "string" || typeof status !== "number") return undefined;
  return code === null || typeof code === "string" ? { operation, status, code } : undefined;
}
