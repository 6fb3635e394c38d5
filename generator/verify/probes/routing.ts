/** Paths that the document does not have, and methods that a path does not have. */
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { headerOf, type ProbeRequest, type ReceivedResponse } from "../exchange.ts";
import type { Objection, Probe } from "../probe.ts";
import type { Subject } from "./subject.ts";

/** For the whole API: paths at its root and below one of its own. */
export function unknownPathProbes(subjects: readonly Subject[]): Probe[] {
  const [first] = subjects;
  if (first === undefined) return [];
  const { random, model } = first.settings;
  const below = model.operations[0]?.path.split("{")[0]?.replace(/\/$/, "") ?? "";
  const caller = subjects.find((one) => one.caller !== undefined) ?? first;
  const credentials = credentialHeaders(caller);
  const names = [`/lockstep-unknown-${random.hex(8)}`, `${below}/${random.hex(8)}/lockstep-unknown`];
  return names.map((target) => ({
    name: "routing/unknown-path",
    stage: "routing",
    risk: "none",
    expects: "404",
    mustFail: true,
    aims: [],
    steps: [{ request: { method: "GET", target, headers: credentials } }],
    classify: ([exchange]) => classifyUnknownPath(target, exchange?.response),
  }));
}

/** What the caller's own requests carry, without the rest of them. */
function credentialHeaders(subject: Subject): ProbeRequest["headers"] {
  return subject.write(subject.harmless()).headers.filter(([name]) => name !== "content-type");
}

function classifyUnknownPath(target: string, response: ReceivedResponse | undefined): Objection[] {
  // Whoever hides what there is asks for a credential first.
  if (response === undefined || [401, 403, 404, 429].includes(response.status)) return [];
  const message = `A path that the document does not have (${target}) must get 404; it got ${response.status}.`;
  const rule = response.status >= 500 ? "server-error" : "wrong-refusal";
  return [{ rule: response.status < 400 ? "invalid-request-accepted" : rule, message }];
}

const methods = ["patch", "put", "post", "get"] as const;

/** One method that the path does not have, for each path; never DELETE. */
export function undeclaredMethodProbes(model: ApiModel, subjects: readonly Subject[]): Probe[] {
  const paths = [...new Set(model.operations.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const declared = model.operations.filter((operation) => operation.path === path);
    const subject = subjects.find((one) => one.operation.path === path && one.callable);
    const method = methods.find((one) => !declared.some((operation) => operation.method === one));
    if (subject === undefined || method === undefined) return [];
    const { target, headers } = subject.write(subject.nowhere(subject.harmless()));
    const request: ProbeRequest = {
      method: method.toUpperCase(),
      target: target.split("?")[0] ?? target,
      headers: headers.filter(([name]) => name !== "content-type"),
    };
    return [
      {
        name: "routing/undeclared-method",
        stage: "routing",
        risk: "none",
        expects: path.includes("{") ? "405 or 404" : "405",
        mustFail: true,
        aims: [],
        steps: [{ request }],
        classify: ([exchange]) => classifyMethod(request, declared, exchange?.response),
      } as const,
    ];
  });
}

function classifyMethod(
  { method }: ProbeRequest,
  declared: readonly Operation[],
  response: ReceivedResponse | undefined,
): Objection[] {
  if (response === undefined) return [];
  const { status } = response;
  const path = declared[0]?.path ?? "";
  const pointer = declared[0]?.pointer.replace(/\/[^/]*$/, "") ?? "";
  const message = `${method} ${path}, which the document does not have, must get 405; it got ${status}.`;
  if (status < 400) return [{ rule: "invalid-request-accepted", message, pointer }];
  if (status === 405) return classifyAllow(response, declared, pointer);
  if (status >= 500 && status !== 501) return [{ rule: "server-error", message, pointer }];
  // Many servers look for the resource first, or know a path by its method only.
  return [401, 403, 404, 429, 501].includes(status) ? [] : [{ rule: "wrong-refusal", message, pointer }];
}

/** A 405 must list the methods of the path (RFC 9110 §15.5.6). */
function classifyAllow(
  response: ReceivedResponse,
  declared: readonly Operation[],
  pointer: string,
): Objection[] {
  const listed = (headerOf(response, "allow") ?? "").split(",").map((name) => name.trim().toUpperCase());
  const missing = declared
    .map(({ method }) => method.toUpperCase())
    .filter((method) => !listed.includes(method));
  if (missing.length === 0) return [];
  const message = `The 405 of ${declared[0]?.path ?? ""} lacks ${missing.join(", ")} in its Allow header.`;
  return [{ rule: "allow-missing", message, pointer }];
}
