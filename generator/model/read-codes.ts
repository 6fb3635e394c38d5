/** Reads the values that a schema allows at a place: what `const` and `enum` say, through references and unions. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, refPointer, resolvePointer } from "../json/pointer.ts";
import type { JsonSchema, MediaType } from "./api-model.ts";

export interface CodeVariant {
  /** Where the value is written. */
  readonly pointer: string;
  /** The named schema that belongs to this one value. */
  readonly object?: string;
  readonly details?: { readonly schema: JsonSchema; readonly pointer: string; readonly required: boolean };
}

export interface CodesFound {
  /** The place exists and holds text. */
  readonly present: boolean;
  readonly codes: ReadonlyMap<string, CodeVariant>;
}

interface Place {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** Chains of references are followed this far. */
const maxHops = 16;

export class CodeReader {
  readonly #document: JsonObject;
  readonly #known = new Map<string, CodesFound>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /**
   * The codes at `path`, each with the schema of its details where `details` names a member beside it. Results are kept by
   * schema: thousands of responses share a handful.
   */
  read(media: MediaType, path: readonly string[], details: readonly string[] = []): CodesFound {
    const start = this.#start(media);
    if (start === undefined) return { present: false, codes: new Map() };
    const key = JSON.stringify([start.pointer, path, details]);
    const known = this.#known.get(key) ?? this.#readFresh(start, path, details.at(-1));
    this.#known.set(key, known);
    return known;
  }

  /** The named schema of the whole body, where it has one. */
  rootSchema(media: MediaType): string | undefined {
    const pointer = this.#start(media)?.pointer;
    return pointer !== undefined && isNamedSchema(pointer) ? pointer : undefined;
  }

  /** True if a variant of the body has a member at `path`. */
  has(media: MediaType, path: readonly string[]): boolean {
    const start = this.#start(media);
    return start !== undefined && this.#places(start, path).length > 0;
  }

  #start(media: MediaType): Place | undefined {
    return media.schemaPointer === undefined ? undefined : this.#resolve(media.schema, media.schemaPointer);
  }

  #readFresh(start: Place, path: readonly string[], details: string | undefined): CodesFound {
    const codes = new Map<string, CodeVariant>();
    let present = false;
    const last = path.at(-1) ?? "";
    for (const holder of this.#places(start, path.slice(0, -1))) {
      const member = this.#property(holder, last);
      for (const place of member === undefined ? [] : this.#places(member, [])) {
        const values = literalStrings(place.schema);
        present ||= values.length > 0 || isText(place.schema);
        for (const value of values) {
          if (!codes.has(value))
            codes.set(value, this.#variant(place, values.length === 1 ? holder : undefined, details));
        }
      }
    }
    return { present, codes };
  }

  #variant(place: Place, holder: Place | undefined, detailsName: string | undefined): CodeVariant {
    const pointer = place.pointer;
    if (holder === undefined) return { pointer };
    const details = detailsName === undefined ? undefined : this.#property(holder, detailsName);
    const required = asArray(holder.schema["required"]).includes(detailsName ?? "");
    return {
      pointer,
      ...(isNamedSchema(holder.pointer) ? { object: holder.pointer } : {}),
      ...(details === undefined ? {} : { details: { ...details, required } }),
    };
  }

  /**
   * Every schema that may describe the member at `path`: through `$ref`, `oneOf`, `anyOf` and `allOf`. Each place is
   * visited once for each step of the path, so that schemas which contain themselves cost no more than others.
   */
  #places(place: Place, path: readonly string[], seen = new Set<string>()): Place[] {
    const visit = `${String(path.length)} ${place.pointer}`;
    if (seen.has(visit)) return [];
    seen.add(visit);
    const branches = ["oneOf", "anyOf", "allOf"].flatMap((keyword) =>
      asArray(place.schema[keyword]).flatMap((branch, index) => {
        const resolved = this.#resolve(branch, joinPointer(place.pointer, keyword, index));
        return resolved === undefined ? [] : this.#places(resolved, path, seen);
      }),
    );
    const [step, ...rest] = path;
    if (step === undefined) return [place, ...branches];
    const member = this.#property(place, step);
    return [...(member === undefined ? [] : this.#places(member, rest, seen)), ...branches];
  }

  #property({ schema, pointer }: Place, name: string): Place | undefined {
    const properties = asObject(schema["properties"]);
    if (!Object.hasOwn(properties, name)) return undefined;
    return this.#resolve(properties[name], joinPointer(pointer, "properties", name));
  }

  #resolve(schema: Json | undefined, pointer: string): Place | undefined {
    let node = schema;
    let at = pointer;
    for (let hops = 0; hops < maxHops && isObject(node); hops++) {
      if (typeof node["$ref"] !== "string") return { schema: node, pointer: at };
      at = refPointer(node["$ref"]) ?? "";
      node = resolvePointer(this.#document, at);
    }
    return undefined;
  }
}

function literalStrings(schema: JsonObject): string[] {
  const values = schema["const"] === undefined ? asArray(schema["enum"]) : [schema["const"]];
  return values.filter((value) => typeof value === "string");
}

function isText(schema: JsonObject): boolean {
  return schema["type"] === "string" || asArray(schema["type"]).includes("string");
}

function isNamedSchema(pointer: string): boolean {
  return /^\/components\/schemas\/[^/]+$/.test(pointer);
}
