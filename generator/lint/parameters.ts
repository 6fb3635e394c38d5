/** Rules over parameters: path templates and declarations agree, and no parameter is declared twice. */
import { asArray, isObject, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { OperationSubject, Rule, RuleFinding, Subject } from "./rule.ts";
import { didYouMean, quote } from "./wording.ts";

interface Declared {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** Where the operation (or the path item) lists it. */
  readonly pointer: string;
}

export const pathParameter: Rule = function* (subject) {
  const seen = new Set<string>();
  for (const operation of subject.operations) {
    for (const finding of checkOperation(subject.document, operation)) {
      // A parameter of the path item is met once for each of its operations.
      if (seen.has(finding.pointer + finding.message)) continue;
      seen.add(finding.pointer + finding.message);
      yield finding;
    }
  }
};

function* checkOperation(document: JsonObject, operation: OperationSubject): Generator<RuleFinding> {
  const { path, name, pointer } = operation;
  const template = templateNames(path);
  const declared = pathParameters(document, operation);
  const unused = declared.filter((parameter) => !template.has(parameter.name));
  for (const wanted of undeclaredPathParameters(document, operation)) {
    const near = didYouMean(
      wanted,
      unused.map((parameter) => parameter.name),
    );
    yield {
      pointer,
      message: `${name} does not declare the path parameter ${quote(wanted)}; Lockstep takes it as a string.${near}`,
      fix: `Declare it: \`{ name: ${wanted}, in: path, required: true, schema: { type: string } }\`.`,
    };
  }
  for (const parameter of unused) {
    const near = didYouMean(parameter.name, template);
    yield {
      pointer: parameter.pointer,
      message: `The path parameter ${quote(parameter.name)} does not occur in ${quote(path)}.${near}`,
      fix: `Put \`{${parameter.name}}\` into the path, or remove the parameter.`,
    };
  }
  for (const parameter of declared) {
    if (parameter.required) continue;
    yield {
      pointer: parameter.pointer,
      message: `The path parameter ${quote(parameter.name)} is not \`required: true\`, as every one is; Lockstep takes it so.`,
      fix: "Add `required: true`.",
    };
  }
}

export const duplicateParameter: Rule = function* (subject) {
  const seen = new Set<string>();
  for (const { pathItem, pathItemPointer, value, pointer, name } of subject.operations) {
    for (const [holder, at] of [
      [pathItem, pathItemPointer],
      [value, pointer],
    ] as const) {
      if (seen.has(at)) continue;
      seen.add(at);
      yield* checkList(subject, holder, at, name);
    }
  }
};

function* checkList(
  { document }: Subject,
  holder: JsonObject,
  pointer: string,
  where: string,
): Generator<RuleFinding> {
  const first = new Set<string>();
  for (const parameter of parametersOf(document, holder, pointer)) {
    // Header names have no case (RFC 9110 §5.1).
    const name = parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name;
    const id = `${parameter.in} ${name}`;
    if (first.has(id)) {
      const message = `${where} has the ${parameter.in} parameter ${quote(parameter.name)} twice.`;
      yield { pointer: parameter.pointer, message };
    }
    first.add(id);
  }
}

/** The names in an operation's path template that neither it nor its path item declares. */
export function undeclaredPathParameters(
  document: JsonObject,
  operation: OperationSubject,
): readonly string[] {
  const declared = new Set(pathParameters(document, operation).map((parameter) => parameter.name));
  return [...templateNames(operation.path)].filter((name) => !declared.has(name));
}

/** OpenAPI 3.1.1 §4.8.2: the expressions in braces. */
function templateNames(path: string): Set<string> {
  return new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ""));
}

function pathParameters(document: JsonObject, operation: OperationSubject): Declared[] {
  return [
    ...parametersOf(document, operation.pathItem, operation.pathItemPointer),
    ...parametersOf(document, operation.value, operation.pointer),
  ].filter((parameter) => parameter.in === "path");
}

function parametersOf(document: JsonObject, holder: JsonObject, pointer: string): Declared[] {
  return asArray(holder["parameters"]).flatMap((entry, index) => {
    const { value } = followRefs(document, entry, "");
    if (!isObject(value) || typeof value["name"] !== "string" || typeof value["in"] !== "string") return [];
    const at = joinPointer(pointer, "parameters", index);
    return [{ name: value["name"], in: value["in"], required: value["required"] === true, pointer: at }];
  });
}
