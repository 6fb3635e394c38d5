/** Failures in the making: without the facts that the call adds at its end. */
import type { AnyFailure } from "./failures.ts";

type WithoutFacts<Failure> = Failure extends AnyFailure
  ? Omit<Failure, "requestId" | "attempts" | "message"> & { readonly message?: string }
  : never;

export type FailureParts = WithoutFacts<AnyFailure>;

type Kind = Exclude<FailureParts["kind"], "contract">;
type PartsOf<Name extends Kind> = Extract<FailureParts, { readonly kind: Name }>;

/** A failure of this kind; its `error` follows from the kind. */
export function failureOf<Name extends Kind>(
  kind: Name,
  rest: Omit<PartsOf<Name>, "kind" | "error">,
): FailureParts {
  // An `unexpected` or `invalid` one is a response's; every other is an error.
  const error = `${kind}_${/^(?:une|inv)/.test(kind) ? "response" : "error"}`;
  // All kinds but the contract's own are named after this pattern.
  return { kind, error, ...rest } as unknown as FailureParts;
}
