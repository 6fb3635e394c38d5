/** `types.ts`: the types of all schemas and messages, read from the same analysis that validators are compiled from. */
import type { ApiModel } from "../../model/api-model.ts";
import { compareText, isObject } from "../../json/json.ts";
import { errorPageUrl } from "../../model/error-page.ts";
import { typescriptHeader } from "../../print/header.ts";
import type { EmitOptions, EmitResult } from "../emitter.ts";
import { missingEngine, printWithEngine } from "./openapi-typescript.ts";
import { ComponentPrinter } from "./components.ts";
import { Declarations, type Declaration } from "./declarations.ts";
import { docComment } from "./doc-comment.ts";
import { enumeration } from "./enumeration.ts";
import { MessagePrinter } from "./messages.ts";
import { PathPrinter } from "./paths.ts";
import { printObject, printType } from "./print-type.ts";
import { defaultTypeSettings, type TypeSettings } from "../type-settings.ts";
import type { Type } from "./type.ts";

export async function emitTypes(model: ApiModel, options: EmitOptions): Promise<EmitResult> {
  const { engine = "lockstep", oracle, ...settings } = options.types ?? {};
  const text =
    engine === "lockstep"
      ? printTypes(model, { ...defaultTypeSettings, ...settings })
      : await printWithEngine(model.document, settings, false);
  if (text === undefined) return { files: [], findings: [missingEngine] };
  const own = { path: "types.ts", content: typescriptHeader + text };
  if (oracle === undefined) return { files: [own], findings: [] };
  const compared = await (await import("./oracle.ts")).emitOracle(model, options);
  return { files: [own, ...compared.files], findings: compared.findings };
}

/** The body of `types.ts`. */
export function printTypes(model: ApiModel, settings: TypeSettings = defaultTypeSettings): string {
  const declarations = new Declarations(model, settings);
  const messages = new MessagePrinter(declarations, settings);
  const paths = new PathPrinter(model, messages);
  const components = new ComponentPrinter(model, declarations, messages, settings);
  const rest = [
    paths.paths(),
    paths.webhooks(),
    components.print(),
    "export type $defs = { [name: string]: never };\n",
    paths.operations(),
  ];
  const links = errorLinks(model);
  const named = inOrder([...declarations.each()], model, settings).map((one) =>
    declare(one, links.get(one.named?.pointer ?? "") ?? [], settings),
  );
  return [...named, ...rest].join("\n");
}

type Typed = Declaration & { readonly type: Type };

/** Named schemas as the document lists them, each view beside the other; then what else references lead to. */
function inOrder(all: readonly Typed[], { schemas }: ApiModel, settings: TypeSettings): readonly Typed[] {
  const places = new Map(schemas.map(({ pointer }, index) => [pointer, index]));
  const place = ({ named }: Typed): number => places.get(named?.pointer ?? "") ?? schemas.length;
  return [...all].sort((a, b) => (settings.alphabetize ? compareText(a.name, b.name) : place(a) - place(b)));
}

function declare({ name, node, type }: Typed, links: readonly string[], settings: TypeSettings): string {
  const comment = docComment(isObject(node.schema) ? node.schema : undefined, "", links);
  const listed = settings.enum || settings.enumValues ? enumeration(name, type, settings) : undefined;
  if (listed?.declaration !== undefined) return `${comment}${listed.declaration}${listed.values}`;
  return type.kind === "object"
    ? `${comment}export interface ${name} ${printObject(type, settings, "")}\n`
    : `${comment}export type ${name} = ${printType(type, settings, "")};\n${listed?.values ?? ""}`;
}

/** The pages of the codes that a schema is the object of. */
function errorLinks({ errors, info }: ApiModel): ReadonlyMap<string, readonly string[]> {
  const links = new Map<string, string[]>();
  for (const { objectSchema, code } of errors.codes) {
    const url = errorPageUrl(info, code);
    if (objectSchema === undefined || url === undefined) continue;
    links.set(objectSchema, [...(links.get(objectSchema) ?? []), url]);
  }
  return links;
}
