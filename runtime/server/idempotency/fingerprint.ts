/** A canonical fingerprint of a request: the same intent gives the same text, however its JSON is written. */
import type { ParameterValues } from "../contract.ts";

/**
 * SHA-256, in hexadecimal, of path and query parameters and body. Members of objects are sorted by code units and
 * numbers written as ECMAScript does (as in RFC 8785); header fields do not count, for a retry may change them.
 */
export async function fingerprint(
  { path = {}, query = {} }: Pick<ParameterValues, "path" | "query">,
  body: unknown,
): Promise<string> {
  const head = new TextEncoder().encode(canonical({ path, query }));
  const tail = body instanceof Uint8Array ? body : new TextEncoder().encode(canonical(body));
  const bytes = new Uint8Array(head.length + 1 + tail.length);
  bytes.set(head);
  // JSON has no NUL: the parts cannot run into each other.
  bytes.set(tail, head.length + 1);
  return digestOf(bytes);
}

/** A form whose files are replaced by their names, types and digests: a file itself has nothing that JSON could show. */
export async function withDigests(form: unknown): Promise<unknown> {
  if (typeof form !== "object" || form === null) return form;
  const members = await Promise.all(
    Object.entries(form).map(async ([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? await Promise.all(value.map(fileDigest)) : await fileDigest(value),
    ]),
  );
  return Object.fromEntries(members);
}

async function fileDigest(value: unknown): Promise<unknown> {
  if (!(value instanceof Blob)) return value;
  const name = value instanceof File ? value.name : undefined;
  return { name, type: value.type, digest: await digestOf(new Uint8Array(await value.arrayBuffer())) };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** JSON with sorted members; built with a stack of its own, for a body may be deeper than the call stack. */
export function canonical(root: unknown): string {
  const parts: string[] = [];
  const pending: Task[] = [{ value: root }];
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    if (task.text !== undefined) parts.push(task.text);
    else if (Array.isArray(task.value)) pushArray(task.value, pending);
    else if (typeof task.value === "object" && task.value !== null) pushObject(task.value, pending);
    else parts.push(scalar(task.value));
  }
  return parts.join("");
}

/** What JSON has no text for (no body, a number beyond all limits) must not be mistaken for what it has: for `null`. */
function scalar(value: unknown): string {
  if (value === undefined) return "undefined";
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

interface Task {
  readonly text?: string;
  readonly value?: unknown;
}

function pushArray(array: readonly unknown[], pending: Task[]): void {
  pending.push({ text: "]" });
  for (let index = array.length - 1; index >= 0; index--) {
    pending.push({ value: array[index] });
    if (index > 0) pending.push({ text: "," });
  }
  pending.push({ text: "[" });
}

function pushObject(object: object, pending: Task[]): void {
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  members.sort(([a], [b]) => (a < b ? 1 : -1));
  pending.push({ text: "}" });
  for (const [index, [name, value]] of members.entries()) {
    pending.push({ value }, { text: `${JSON.stringify(name)}:` });
    if (index < members.length - 1) pending.push({ text: "," });
  }
  pending.push({ text: "{" });
}
