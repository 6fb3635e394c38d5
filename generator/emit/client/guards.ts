/** `client/guards.ts`: the functions that let an error body call itself by its type. */
import { joinPointer, pointerTokens } from "../../json/pointer.ts";
import type { ApiModel, ErrorCode, JsonSchema, MediaType, Operation } from "../../model/api-model.ts";
import { uncheckedHeader } from "../../print/header.ts";
import { Compiler } from "../../schema/compile/compiler.ts";
import { printModule, printRuntime } from "../../schema/print/module.ts";
import type { Unit } from "../../schema/code/steps.ts";
import { okName } from "../../schema/code/module.ts";
import type { EmitOptions, GeneratedFile } from "../emitter.ts";
import { sortResponses } from "./responses.ts";
import { mediaKind } from "./media.ts";
import { cutReferences, reachReaderSchemas, readerSchema, type ReaderSchemas } from "./reader-schema.ts";

/** Names of guards; `undefined` stands for "there is nothing to check". */
export interface Guards {
  readonly files: readonly GeneratedFile[];
  /** Of a code with a schema of its own. */
  readonly ofCode: (code: ErrorCode) => string | undefined;
  /** Of the JSON body of a response. */
  readonly ofMedia: (media: MediaType) => string | undefined;
}

interface Wanted {
  readonly schema: JsonSchema;
  readonly wish: string;
}

/**
 * Without a catalogue, error bodies may hold whole resources of the API (a payment, its customer, …), and proving all
 * that would put the validators of the whole document into every client. So what is more references away from the body
 * is taken at its word.
 */
const unvouchedHops = 2;

/** Compiles what the errors of this API need, once for each schema. */
export function compileGuards(model: ApiModel, options: EmitOptions): Guards {
  const wanted = wantedSchemas(model);
  const { compiler, reached } = compilerFor(model, wanted);
  const units = new Map<string, Unit>();
  for (const [key, { schema, wish }] of wanted) {
    const whole = cutReferences(schema, reached);
    units.set(key, compiler.add(compiler.schemas, wish, whole, `/client${key}`, "both"));
  }
  // What cannot be compiled is reported by the emitter of all validators, which sees the same schemas.
  compiler.finish();
  return {
    files: units.size === 0 ? [] : printGuards(compiler, [...units.values()], options),
    ofCode: (code) => nameIn(units, codeKey(code)),
    ofMedia: (media) => nameIn(units, media.schemaPointer ?? ""),
  };
}

function compilerFor(
  model: ApiModel,
  wanted: ReadonlyMap<string, Wanted>,
): { readonly compiler: Compiler; readonly reached: ReaderSchemas } {
  const roots = [...wanted.values()].map(({ schema }) => schema);
  const hops = model.errors.origin === "catalogue" ? Number.POSITIVE_INFINITY : unvouchedHops;
  const reached = reachReaderSchemas(model.document, roots, hops);
  const named = model.schemas.flatMap((one) => {
    const schema = reached.get(one.pointer);
    return schema === undefined ? [] : [{ ...one, schema: cutReferences(schema, reached) }];
  });
  const schemas = Object.fromEntries(named.map(({ name, schema }) => [name, schema]));
  const document = { components: { schemas } };
  return { compiler: new Compiler({ document, named, formats: model.formats }), reached };
}

function printGuards(compiler: Compiler, units: readonly Unit[], options: EmitOptions): GeneratedFile[] {
  const declarations = new Map(units.map((unit) => [guardName(unit), guard(unit)]));
  const text = { extension: options.importExtension, declarations: [...declarations.values()] };
  return [
    { path: "client/guards.ts", content: uncheckedHeader + printModule(compiler.schemas, text) },
    { path: "client/runtime.ts", content: uncheckedHeader + printRuntime([compiler.schemas]) },
  ];
}

function nameIn(units: ReadonlyMap<string, Unit>, key: string): string | undefined {
  const unit = units.get(key);
  return unit === undefined ? undefined : guardName(unit);
}

function guardName(unit: Unit): string {
  return `reads${unit.name}`;
}

function guard(unit: Unit): string {
  return `export function ${guardName(unit)}(body: unknown): boolean {
  return ${okName(unit)}(body${unit.recursive ? ", 0" : ""});
}`;
}

function codeKey({ code }: ErrorCode): string {
  return joinPointer("/code", code);
}

function wantedSchemas(model: ApiModel): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  const { codes, envelope, origin } = model.errors;
  for (const code of origin === "catalogue" ? codes : []) {
    if (code.objectSchema === undefined) continue;
    const schema: JsonSchema = { $ref: `#${encodeURI(code.objectSchema)}` };
    wanted.set(codeKey(code), {
      schema: wrapped(envelope?.code.slice(0, -1) ?? [], schema),
      wish: `${code.identifier}Body`,
    });
  }
  for (const operation of model.operations) {
    for (const media of errorMedia(operation, origin === "catalogue")) {
      const { schema, schemaPointer } = media;
      if (schema === undefined || schemaPointer === undefined || wanted.has(schemaPointer)) continue;
      wanted.set(schemaPointer, { schema: readerSchema(schema), wish: wishFor(operation, schemaPointer) });
    }
  }
  return wanted;
}

/** The JSON bodies of errors: of those without a code, and in a document without a catalogue of all. */
function errorMedia(operation: Operation, catalogue: boolean): MediaType[] {
  const { successes, uncoded } = sortResponses(operation);
  const responses = catalogue
    ? uncoded
    : operation.responses.filter((response) => !successes.includes(response));
  return responses.flatMap(({ content }) => content.filter((media) => mediaKind(media) === "json"));
}

function wishFor({ identifier }: Operation, pointer: string): string {
  const status = pointerTokens(pointer).find((token) => /^(?:[1-5](?:\d\d|XX)|default)$/.test(token)) ?? "";
  return `${identifier.charAt(0).toUpperCase()}${identifier.slice(1)}${status}`;
}

/** The object that holds the code, inside what a nested envelope puts around it. */
function wrapped(path: readonly string[], schema: JsonSchema): JsonSchema {
  return path.reduceRight<JsonSchema>(
    (member, step) => ({ type: "object", required: [step], properties: { [step]: member } }),
    schema,
  );
}
