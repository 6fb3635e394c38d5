/** Whole messages around a value, each checked with both sides. */
import type { Json } from "../../json/json.ts";
import type { Parameter, Response } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import { acceptsResponse, acceptsRequest } from "./accept.ts";
import { responseMessage, leastRequests } from "./make.ts";
import { parameterKey, type Party } from "./message.ts";
import { responseCounterexample, requestCounterexample } from "./print.ts";

interface Parties {
  readonly base: Required<Party>;
  readonly revision: Required<Party>;
  /** The server sends the requests. */
  readonly reversed: boolean;
}

interface Varied {
  readonly parameter?: Parameter;
  readonly value?: Json;
  readonly content?: { readonly mediaType: string; readonly body: Json };
}

/** A request of the base that the revision refuses (whoever names a parameter has checked its value); of a webhook, one of the revision that the base's receiver refuses. */
export function provedRequest(parties: Parties, varied: Varied): Counterexample | undefined {
  const [side, other] = parties.reversed ? (["revision", "base"] as const) : (["base", "revision"] as const);
  const [sender, receiver] = [parties[side], parties[other]];
  if (sender.operation === undefined) return undefined;
  for (const least of leastRequests(sender.model, sender.operation)) {
    const { parameter, value, content } = varied;
    const request = {
      ...least,
      ...(parameter === undefined || value === undefined
        ? {}
        : { parameters: { ...least.parameters, [parameterKey(parameter)]: value } }),
      ...(content === undefined ? {} : { content }),
    };
    if (
      acceptsRequest(sender, request) !== false &&
      (parameter !== undefined || acceptsRequest(receiver, request) === false)
    )
      return requestCounterexample(sender.operation, request, side);
  }
  return undefined;
}

/** A response of the revision that clients of the base refuse; of a webhook, the other way round. */
export function provedResponse(
  parties: Parties,
  response: Response,
  content: { readonly mediaType: string; readonly body: Json },
): Counterexample | undefined {
  const [side, other] = parties.reversed ? (["base", "revision"] as const) : (["revision", "base"] as const);
  const [sender, receiver] = [parties[side], parties[other]];
  if (sender.operation === undefined) return undefined;
  const status = concrete(response.status);
  const sent = { ...responseMessage(sender.model, response, status, content.body), content };
  return acceptsResponse(sender, sent) !== false && acceptsResponse(receiver, sent) === false
    ? responseCounterexample(sender.operation, sent, side)
    : undefined;
}

/** A status that the key stands for. */
function concrete(status: string): string {
  return status === "default" ? "500" : status.replace(/XX$/i, "00");
}
