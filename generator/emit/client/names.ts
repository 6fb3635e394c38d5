/** The operations on the client, with their names and the constants that describe them. */
import { distinctNames } from "../../json/distinct-names.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { nameOperations, type OperationName } from "../../model/operation-names.ts";

export interface NamedOperation extends OperationName {
  readonly operation: Operation;
  /** Of the exported constant. */
  readonly constant: string;
}

/** Methods whose operations `types.ts` can express. */
const sendable = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** Every operation that can be called, in document order. */
export function clientOperations(model: ApiModel): readonly NamedOperation[] {
  const operations = model.operations.filter(({ method }) => sendable.has(method));
  const names = nameOperations(model);
  const requests = operations.map(({ identifier }) => ({ name: identifier, origin: identifier }));
  const constants = distinctNames(requests, [...reservedWords, ...runtimeNames]);
  return operations.flatMap((operation, index) => {
    const named = names.get(operation);
    return named === undefined
      ? []
      : [{ operation, ...named, constant: constants[index] ?? operation.identifier }];
  });
}

/** Names that `client/operations.ts` has already: its own, and those that it may import. */
export const runtimeNames = (
  "api allOperations basic bearer cookieHeader cookieKey eventStream headerKey jsonLines jsonTexts linkHeader listOperations multipart pageParameters " +
  "queryKey styledQuery styledValue urlEncoded"
).split(" ");

/** Words that cannot name a constant in a module (ECMA-262 §12.7.2, in strict code). */
const reservedWords = (
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
  "finally for function if implements import in instanceof interface let new null package private protected public " +
  "return static super switch this throw true try typeof undefined var void while with yield"
).split(" ");
