/** Takes `multipart/form-data` apart (RFC 2046 §5.1, RFC 7578). */
import type { FormEntry } from "../../exchange.ts";
import { decode, parseFieldValue, type FieldValue } from "./field-parameters.ts";

/** More parts than this are an attack. */
const mostParts = 10_000;
const mostHeaderBytes = 16 * 1024;

const [cr, lf, dash, space, tab] = [13, 10, 45, 32, 9];
const encoder = new TextEncoder();

/** The entries in their order; `undefined` for what is not multipart form data. */
export function parseMultipart(bytes: Uint8Array, contentType: string): readonly FormEntry[] | undefined {
  const boundary = parseFieldValue(contentType)?.parameters.get("boundary");
  if (boundary === undefined || !/^[\x20-\x7e]{1,70}$/.test(boundary)) return undefined;
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  const entries: FormEntry[] = [];
  // The first delimiter may stand at the very beginning; what comes before it (the preamble) says nothing.
  let mark = startsWith(bytes, 0, delimiter.subarray(2))
    ? afterDelimiter(bytes, delimiter.length - 2)
    : nextDelimiter(bytes, 0, delimiter);
  while (mark !== undefined && !mark.last) {
    const next = nextDelimiter(bytes, mark.end - 2, delimiter);
    if (next === undefined || entries.length >= mostParts) return undefined;
    const entry = entryOf(bytes.subarray(mark.end, Math.max(mark.end, next.start)));
    if (entry === undefined) return undefined;
    entries.push(entry);
    mark = next;
  }
  // Without the last delimiter, the body broke off; what comes after it (the epilogue) says nothing.
  return mark === undefined ? undefined : entries;
}

interface Mark {
  /** Where the delimiter begins, its line end included. */
  readonly start: number;
  /** Behind the line of the delimiter. */
  readonly end: number;
  readonly last: boolean;
}

function nextDelimiter(bytes: Uint8Array, from: number, delimiter: Uint8Array): Mark | undefined {
  for (let at = bytes.indexOf(cr, from); at !== -1; at = bytes.indexOf(cr, at + 1)) {
    if (!startsWith(bytes, at, delimiter)) continue;
    const mark = afterDelimiter(bytes, at + delimiter.length);
    if (mark !== undefined) return { ...mark, start: at };
  }
  return undefined;
}

/** What follows a delimiter: `--`, or white space and a line end. Anything else is a longer boundary, and content. */
function afterDelimiter(bytes: Uint8Array, from: number): Mark | undefined {
  if (bytes[from] === dash && bytes[from + 1] === dash) return { start: 0, end: from + 2, last: true };
  let at = from;
  while (bytes[at] === space || bytes[at] === tab) at++;
  return bytes[at] === cr && bytes[at + 1] === lf ? { start: 0, end: at + 2, last: false } : undefined;
}

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

function entryOf(part: Uint8Array): FormEntry | undefined {
  const end = headerEnd(part);
  if (end === undefined) return undefined;
  const fields = readFields(part.subarray(0, end.head));
  const disposition = fields?.get("content-disposition");
  const { value, parameters } =
    disposition === undefined ? noField : (parseFieldValue(disposition) ?? noField);
  const name = parameters.get("name");
  if (fields === undefined || value !== "form-data" || name === undefined) return undefined;
  // Deprecated (RFC 7578 §4.7), and content would be read for what it is not.
  const encoding = fields.get("content-transfer-encoding")?.trim() ?? "binary";
  if (!/^(?:binary|7bit|8bit)$/i.test(encoding)) return undefined;
  return [percentDecoded(name), content(part.subarray(end.body), fields.get("content-type"), parameters)];
}

const noField: FieldValue = { value: "", parameters: new Map() };

/** A part with a file name is a file, whatever its type. */
function content(
  bytes: Uint8Array,
  contentType: string | undefined,
  parameters: FieldValue["parameters"],
): string | File {
  const filename = parameters.get("filename");
  if (filename !== undefined) {
    const type = contentType?.trim() ?? "text/plain";
    // A file copies what it is made of, and takes no shared memory.
    return new File([isUnshared(bytes) ? bytes : bytes.slice()], percentDecoded(filename), { type });
  }
  const charset = parseFieldValue(contentType ?? "")?.parameters.get("charset");
  return (charset === undefined ? undefined : decode(bytes, charset)) ?? new TextDecoder().decode(bytes);
}

function isUnshared(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}

/** An empty header section is a line end alone. */
function headerEnd(part: Uint8Array): { readonly head: number; readonly body: number } | undefined {
  const limit = Math.min(part.length, mostHeaderBytes);
  for (let at = part.indexOf(cr); at !== -1 && at < limit; at = part.indexOf(cr, at + 1)) {
    const isEnd = part[at + 1] === lf && part[at + 2] === cr && part[at + 3] === lf;
    if (isEnd) return { head: at, body: at + 4 };
  }
  return undefined;
}

/** The fields of a part by lower-case name; lines that are folded count as one. */
function readFields(head: Uint8Array): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  const text = new TextDecoder().decode(head).replaceAll(/\r\n[ \t]+/g, " ");
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) return undefined;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1));
  }
  return fields;
}

/** Browsers escape what would end a quoted string (HTML Standard, multipart/form-data encoding algorithm). */
function percentDecoded(text: string): string {
  return text.replaceAll(/%(?:0D|0A|22)/gi, (escape) => decodeURIComponent(escape));
}
