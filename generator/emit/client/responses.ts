/** Sorts the responses of an operation: successes, errors that carry a code, and errors that do not. */
import type { Operation, Response } from "../../model/api-model.ts";

export interface SortedResponses {
  readonly successes: readonly Response[];
  /** Declared responses other than 2xx for which the contract names no code. */
  readonly uncoded: readonly Response[];
}

/** `default` means success only where no status 2xx is declared at all; then it means errors as well. */
export function sortResponses({ responses, errors }: Operation): SortedResponses {
  const explicit = responses.filter(({ status }) => /^2(?:\d\d|XX)$/.test(status));
  const fallback = responses.filter(({ status }) => status === "default");
  const successes = explicit.length > 0 ? explicit : fallback;
  const coded = new Set(errors.map(({ status }) => status));
  const uncoded = responses.filter(
    (response) => !coded.has(response.status) && /^(?:[345](?:\d\d|XX)|default)$/.test(response.status),
  );
  return { successes, uncoded };
}
