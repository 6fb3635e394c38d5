/** What a code sample is about: a request, the code it may get, and what to do then. */
import type { ErrorCode, ErrorEnvelope } from "../../../model/api-model.ts";
import type { RetryPolicy } from "../../../contract/vocabulary.ts";
import type { SampleRequest } from "./request.ts";

export interface SampleSubject {
  readonly request: SampleRequest;
  readonly code: ErrorCode;
  readonly envelope: ErrorEnvelope;
  readonly retry: RetryPolicy;
  /** One line for a comment: nothing in it can end one. */
  readonly advice: string;
}

/** Whether repeating the request needs an Idempotency-Key of its own. */
export function sendsKey({ request, retry }: SampleSubject): boolean {
  return retry === "new-key" || (request.operation.idempotencyKey !== "none" && retry !== "never");
}

const advices: Readonly<Record<RetryPolicy, string>> = {
  never: "Sending the same request again would fail again.",
  "same-request": "The same request, sent again at once, will do.",
  "after-delay": "Wait as long as the response asks, then send the same request again.",
  "new-key": "Send it again under a fresh key.",
};

export function adviceFor(retry: RetryPolicy): string {
  return advices[retry];
}
