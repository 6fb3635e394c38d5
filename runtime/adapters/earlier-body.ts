/** Bodies that middleware in front of the adapter has read: taken where they say what was sent, else an error. */
import type { IncomingMessage } from "node:http";
import { BodyTakenError, type FormEntry, type ReceivedBody } from "../server/exchange.ts";

/**
 * What a body parser has left: the bytes where it kept them, else its value in the form that it was sent in. `undefined`
 * where nobody has read the body.
 *
 * @throws BodyTakenError
 */
export function earlierBody(message: IncomingMessage): ReceivedBody | undefined {
  if (!message.readableEnded) return undefined;
  const raw: unknown = Reflect.get(message, "rawBody");
  if (raw instanceof Uint8Array) return raw;
  if (typeof raw === "string") return Buffer.from(raw);
  const body: unknown = Reflect.get(message, "body");
  if (body instanceof Uint8Array) return body;
  if (typeof body === "string") return Buffer.from(body);
  const type = (message.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return formEntries(message, body);
  if (body !== undefined && /[/+]json$/.test(type)) return Buffer.from(JSON.stringify(body));
  if (type === "application/x-www-form-urlencoded" && isObject(body)) {
    return Buffer.from(new URLSearchParams(textEntries(body, "express.urlencoded()")).toString());
  }
  throw new BodyTakenError(
    `The body (${type === "" ? "no media type" : type}) was read before it reached the API, and neither \`request.rawBody\` nor \`request.body\` holds it.`,
  );
}

/** The fields and files of multer, which must have kept them in memory. */
function formEntries(message: IncomingMessage, body: unknown): readonly FormEntry[] {
  const files = filesOf(message);
  if (!isObject(body) && files.length === 0) {
    throw new BodyTakenError(
      "The multipart form was read before it reached the API, and nothing of it is left.",
    );
  }
  const entries: FormEntry[] = isObject(body) ? textEntries(body, "multer") : [];
  for (const file of files) entries.push(fileEntry(file));
  return entries;
}

function filesOf(message: IncomingMessage): readonly unknown[] {
  const one: unknown = Reflect.get(message, "file");
  const several: unknown = Reflect.get(message, "files");
  if (Array.isArray(several)) return several;
  if (isObject(several)) return Object.values(several).flat();
  return one === undefined ? [] : [one];
}

function fileEntry(file: unknown): FormEntry {
  if (isObject(file)) {
    const { fieldname, originalname, mimetype, buffer } = file;
    if (typeof fieldname === "string" && buffer instanceof Uint8Array) {
      // The bytes are copied, for a pool may lie behind the buffer.
      const bytes = [Uint8Array.from(buffer)];
      return [fieldname, new File(bytes, String(originalname), { type: String(mimetype) })];
    }
  }
  throw new BodyTakenError(
    "multer (or middleware like it) has read the form, and its files are not in memory.",
  );
}

/** @throws BodyTakenError for objects, which parsers make of names such as `a[b]` in ways that cannot be undone. */
function textEntries(body: object, parser: string): [string, string][] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one): [string, string] => {
      if (typeof one === "string") return [name, one];
      throw new BodyTakenError(
        `${parser} (or middleware like it) has read the form, and made an object of ${JSON.stringify(name)}.`,
      );
    });
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
