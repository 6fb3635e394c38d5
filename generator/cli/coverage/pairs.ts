/** Compares the (operation, status, code) that a document declares with those of recorded responses. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { isObject, type Json } from "../../json/json.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { UsageError } from "../exit-codes.ts";

/** One line of a recording; `code` is `null` for a response without one. */
export interface RecordedResponse {
  readonly operation: string;
  readonly status: number;
  readonly code: string | null;
}

/**
 * Reads a recording: one JSON object a line.
 *
 * @throws UsageError with the line that is none.
 */
export function parseRecording(text: string, name: string): readonly RecordedResponse[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const recorded = parseLine(line);
    if (recorded !== undefined) return [recorded];
    throw new UsageError(`${name}:${String(index + 1)} is not a line of a coverage recorder.`);
  });
}

/** The declared responses of one operation that were never sent: `404 not_found`, `204`. */
export interface Gap {
  readonly operation: string;
  readonly missing: readonly string[];
  readonly finding: Finding;
}

/** The operations with declared responses that were never sent, in document order. */
export function uncovered(
  model: ApiModel,
  responses: readonly RecordedResponse[],
  except: ReadonlySet<string>,
): readonly Gap[] {
  const byOperation = groupByOperation(responses);
  return model.operations.flatMap((operation) => {
    const sent = byOperation.get(operation.id) ?? [];
    const missing = declared(operation)
      .filter(({ code }) => code === null || !except.has(code))
      .filter((pair) => !sent.some((response) => covers(operation, pair, response)))
      .map(({ status, code }) => (code === null ? status : `${status} ${code}`));
    return missing.length === 0 ? [] : [gapOf(operation, missing)];
  });
}

function gapOf({ id, pointer }: Operation, missing: readonly string[]): Gap {
  const message = `No recorded response of ${id} is ${missing.join(", ")}.`;
  return { operation: id, missing, finding: { code: "lockstep/response-not-covered", pointer, message } };
}

function groupByOperation(
  responses: readonly RecordedResponse[],
): ReadonlyMap<string, readonly RecordedResponse[]> {
  const groups = new Map<string, RecordedResponse[]>();
  for (const response of responses) {
    const group = groups.get(response.operation);
    if (group === undefined) groups.set(response.operation, [response]);
    else group.push(response);
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
function covers({ responses }: Operation, { status, code }: Declared, sent: RecordedResponse): boolean {
  if (sent.code !== code) return false;
  const exact = String(sent.status);
  const keys = [exact, `${exact.charAt(0)}XX`, "default"];
  const key = keys.find((one) => responses.some((response) => response.status === one));
  return key === status;
}

function parseLine(line: string): RecordedResponse | undefined {
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
