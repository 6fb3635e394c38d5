/** What the server kit has to know about each operation beyond the model: its place among the handlers, its codes. */
import { isObject } from "../../json/json.ts";
import type { ApiModel, Operation, SecurityScheme } from "../../model/api-model.ts";
import { nameOperations } from "../../model/operation-names.ts";
import { followRefs } from "../../json/pointer.ts";

export interface ServerOperation {
  readonly operation: Operation;
  /** Property of `Handlers`. */
  readonly group: string;
  /** Property of the group. */
  readonly handler: string;
  /** The code of a resource that is not there, where the operation declares it. */
  readonly lookup: string | undefined;
  /** Names of parameters that are always there, because they have a default. */
  readonly defaulted: readonly string[];
  /** True if a caller must be known. */
  readonly caller: "none" | "optional" | "required";
}

/** In document order; groups are those of the client. */
export function describeOperations(model: ApiModel): readonly ServerOperation[] {
  const names = nameOperations(model);
  const lookups = new Set(
    model.errors.codes.filter(({ raisedBy }) => raisedBy.includes("resource-lookup")).map(({ code }) => code),
  );
  return model.operations.map((operation) => {
    return {
      operation,
      group: names.get(operation)?.group ?? "root",
      handler: operation.identifier,
      lookup: operation.errors.find(({ code }) => lookups.has(code))?.code,
      defaulted: defaultedNames(model, operation),
      caller: callerOf(operation),
    };
  });
}

/** The schemes that some operation asks for: the host supplies no check that nothing runs. */
export function usedSchemes(model: ApiModel): readonly SecurityScheme[] {
  const used = new Set(
    model.operations.flatMap(({ security }) =>
      security.flatMap(({ schemes }) => schemes.map(({ scheme }) => scheme)),
    ),
  );
  return model.securitySchemes.filter(({ name }) => used.has(name));
}

function callerOf({ security }: Operation): ServerOperation["caller"] {
  if (security.length === 0 || security.every(({ schemes }) => schemes.length === 0)) return "none";
  return security.some(({ schemes }) => schemes.length === 0) ? "optional" : "required";
}

function defaultedNames({ document }: ApiModel, { parameters }: Operation): readonly string[] {
  const names = parameters.flatMap(({ name, required, schema, schemaPointer }) => {
    const { value } = followRefs(document, schema, schemaPointer);
    return !required && isObject(value) && value["default"] !== undefined ? [name] : [];
  });
  return [...new Set(names)];
}
