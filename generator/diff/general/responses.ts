/** Responses by status and range, and what comes with them. */
import { append } from "../../json/append.ts";
import { asObject, type Json, type JsonObject } from "../../json/json.ts";
import { followRefs, joinPointer, resolvePointer } from "../../json/pointer.ts";
import type { Operation, Response } from "../../model/api-model.ts";
import { responseFor } from "../proof/accept.ts";
import { listed, quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import { compareContent, type ContentPair } from "./content.ts";
import { directionOf, type Exchange } from "./exchange.ts";

export type ProveResponse = (response: Response) => ContentPair["prove"];

/** Each response that is sent meets the one that its receiver expects under that status. */
export function compareResponses(
  comparison: Comparison,
  exchange: Exchange,
  prove: ProveResponse,
): readonly Found[] {
  const found = [...statuses(exchange)];
  const direction = directionOf(exchange, "response");
  const [sender, receiver] =
    direction === "response" ? [exchange.revision, exchange.base] : [exchange.base, exchange.revision];
  for (const sent of sender.responses) {
    for (const expected of expectedFor(receiver, sent)) {
      const [base, revision] = direction === "response" ? [expected, sent] : [sent, expected];
      if (exchange.explained && carriesCodes(exchange, base.status)) continue;
      append(found, bodies(comparison, exchange, base, revision, prove(sent)));
      append(found, links(comparison, base, revision));
    }
  }
  return found;
}

/** What a receiver reads the response as: under the same key; of a range, also what it knows inside the range. */
function expectedFor({ responses }: Operation, { status }: Response): readonly Response[] {
  const exact = responses.find((response) => response.status === status);
  if (exact !== undefined) return [exact];
  const range = /^[1-5]XX$/.test(status);
  const inside = range
    ? responses.filter(
        (response) => response.status.startsWith(status.charAt(0)) && response.status !== "default",
      )
    : [];
  if (inside.length > 0) return inside;
  const wide = responseFor({ responses }, range ? `${status.charAt(0)}99` : status);
  return wide === undefined ? [] : [wide];
}

/** True if both sides return codes of the error contract under the status, which other rules compare. */
function carriesCodes({ base, revision }: Exchange, status: string): boolean {
  return [base, revision].some(({ errors }) => errors.some((error) => error.status === status));
}

function bodies(
  comparison: Comparison,
  exchange: Exchange,
  base: Response,
  revision: Response,
  prove: ContentPair["prove"],
): readonly Found[] {
  const direction = directionOf(exchange, "response");
  const label = `the ${base.status === revision.status ? base.status : `${base.status}/${revision.status}`} response`;
  const at = { base: base.pointer, revision: revision.pointer, subject: base.status };
  if (base.content.length > 0 && revision.content.length === 0)
    return [{ ...at, rule: "response-body-removed", message: `${capital(label)} has no body any more` }];
  if (base.content.length === 0 && revision.content.length > 0)
    return [{ ...at, rule: "response-body-added", message: `${capital(label)} has a body now` }];
  return compareContent(comparison, { direction, label, base, revision, prove });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Keys that go or come; success statuses have rules of their own. */
function statuses({ base, revision, reversed }: Exchange): readonly Found[] {
  if (reversed) return [];
  const found: Found[] = [];
  const at = { base: base.pointer, revision: revision.pointer };
  const isOurs = (status: string): boolean =>
    [...base.errors, ...revision.errors].some((error) => error.status === status);
  const gone = base.responses.filter(({ status }) => !has(revision, status) && !isOurs(status));
  const fresh = revision.responses.filter(({ status }) => !has(base, status) && !isOurs(status));
  const ranged = gone.filter(({ status }) => isCovered(status, revision) || isDivided(status, revision));
  if (ranged.length > 0) {
    const names = ranged.map(({ status }) => status);
    const message = `The response ${listed(names)} is said in another way: by ${listed(revision.responses.map(({ status }) => status))}`;
    found.push({ ...at, rule: "response-range-changed", subject: names.join(" "), message });
  }
  for (const response of gone.filter((one) => !ranged.includes(one) && isError(one))) {
    const { status, pointer } = response;
    const message = `The error response ${quoted(status)} is gone`;
    found.push({
      rule: "error-response-removed",
      subject: status,
      message,
      base: pointer,
      revision: revision.pointer,
    });
  }
  for (const response of fresh.filter((one) => isError(one) && ranged.length === 0)) {
    const { status, pointer } = response;
    const message = `The error response ${quoted(status)} is new`;
    found.push({
      rule: "error-response-added",
      subject: status,
      message,
      base: base.pointer,
      revision: pointer,
    });
  }
  return found;
}

function has({ responses }: Operation, status: string): boolean {
  return responses.some((response) => response.status === status);
}

function isError({ status }: Response): boolean {
  return !/^[123]/.test(status);
}

/** True if a range or `default` of the operation stands for the status. */
export function isCovered(status: string, operation: Operation): boolean {
  if (status === "default") return false;
  return has(operation, `${status.charAt(0)}XX`) || has(operation, "default");
}

/** True if the operation says in parts what the range, or `default`, said at once. */
function isDivided(status: string, operation: Operation): boolean {
  if (/^[1-5]XX$/.test(status))
    return operation.responses.some((one) => one.status.startsWith(status.charAt(0)));
  return status === "default" && operation.responses.some((one) => /^[45]XX$/.test(one.status));
}

function links(comparison: Comparison, base: Response, revision: Response): readonly Found[] {
  const { pair, closures } = comparison;
  const at = (response: Response): string => joinPointer(response.pointer, "links");
  const before = asObject(resolvePointer(pair.base.document, at(base)));
  const after = asObject(resolvePointer(pair.revision.document, at(revision)));
  return Object.entries(before).flatMap(([name, link]: [string, Json]): Found[] => {
    const now = Object.hasOwn(after, name) ? after[name] : undefined;
    const read = (document: JsonObject, entry: Json | undefined): Json | undefined =>
      entry === undefined ? undefined : followRefs(document, entry, "").value;
    if (closures.same(read(pair.base.document, link), read(pair.revision.document, now))) return [];
    const message = `The link ${quoted(name)} of the ${base.status} response ${now === undefined ? "is gone" : "changed"}`;
    return [
      {
        rule: "link-changed",
        subject: name,
        message,
        base: joinPointer(at(base), name),
        revision: now === undefined ? revision.pointer : joinPointer(at(revision), name),
      },
    ];
  });
}
