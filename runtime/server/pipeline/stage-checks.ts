/** The stages between the router and the handler, in their order. Each either lets a call pass or says why not. */
import type { Identity } from "../authentication/authenticate.ts";
import type { Call } from "./call.ts";
import type { RequestIssue } from "../contract.ts";
import { withDigests } from "../idempotency/fingerprint.ts";
import type { Refusal } from "../response/failure.ts";
import { parseKey, type Idempotency, type KeyedCall } from "../idempotency/idempotency.ts";
import type { AdmittedCall, RateLimitOutcome, RefusalLimiter, Wiring } from "../options.ts";
import { rateLimitFields, retryAfterOf } from "../rate-limit.ts";
import {
  bodyIssue,
  brokenBody,
  mostIssues,
  planBody,
  readBody,
  streamOfBytes,
  type ReadBody,
} from "../validation/read-body.ts";
import type { Stage } from "./stages.ts";
import { inflated, type Inflater } from "../validation/inflate.ts";
import { limited } from "../validation/limited.ts";
import { isThenable } from "../thenable.ts";

export interface StageCheck {
  readonly stage: Stage | "idempotency";
  /** True if it reads the body, which then has to be there. */
  readonly needsBody?: true;
  run(call: Call): Refusal | undefined | Promise<Refusal | undefined>;
}

/** Tells the host's error hook. */
export type Report = (error: unknown, call: Call, during: string) => void;

/** The checks that this host's configuration makes necessary. */
export function stageChecks(
  wiring: Wiring,
  idempotency: Idempotency | undefined,
  report: Report,
): readonly StageCheck[] {
  const { rateLimit, refusalLimit } = wiring;
  return [
    ...(refusalLimit === undefined
      ? []
      : [{ stage: "rate-limit" as const, run: (call: Call) => limitRefusals(call, refusalLimit, report) }]),
    { stage: "request-limits", run: checkBodyHead },
    { stage: "authentication", run: (call) => authenticate(call, wiring) },
    { stage: "authorization", run: authorize },
    { stage: "requirement", run: (call) => checkRequirements(call, wiring) },
    ...(rateLimit === undefined
      ? []
      : [{ stage: "rate-limit" as const, run: (call: Call) => limitRate(call, rateLimit, report) }]),
    { stage: "request-validation", needsBody: true, run: validate },
    ...(idempotency === undefined
      ? []
      : [{ stage: "idempotency" as const, run: (call: Call) => claimKey(call, idempotency) }]),
  ];
}

/** Length and media type, as far as the header section tells; the body itself is read after all that is cheaper. */
function checkBodyHead(call: Call): Refusal | undefined {
  const { body } = call.plan.operation.request;
  if (body.content.length === 0) return undefined;
  const { media, inflate, refusal } = planBody(body, call.request, call.plan.limits, call.plan.inflate);
  call.media = media;
  call.inflate = inflate;
  return refusal;
}

function accept(call: Call, { refusal, principal, missing }: Identity, wiring: Wiring): Refusal | undefined {
  if (refusal !== undefined) return refusal;
  call.principal = principal;
  call.missingScopes = missing;
  if (principal === undefined) return undefined;
  call.tenant = wiring.tenant?.(principal);
  call.caller = wiring.caller?.(principal) ?? "";
  return undefined;
}

function authenticate(call: Call, wiring: Wiring): Refusal | undefined | Promise<Refusal | undefined> {
  const identity = call.plan.authentication?.identify(call.request);
  if (identity === undefined) return undefined;
  return identity instanceof Promise
    ? identity.then((found) => accept(call, found, wiring))
    : accept(call, identity, wiring);
}

function authorize({ missingScopes }: Call): Refusal | undefined {
  return missingScopes === undefined
    ? undefined
    : { stage: "authorization", details: { required: missingScopes } };
}

function checkRequirements(call: Call, wiring: Wiring): Refusal | undefined | Promise<Refusal | undefined> {
  return call.plan.requirements.length === 0 ? undefined : askRequirements(call, wiring);
}

async function askRequirements(call: Call, wiring: Wiring): Promise<Refusal | undefined> {
  for (const code of call.plan.requirements) {
    const verdict = await wiring.requirements[code]?.(admitted(call));
    if (verdict === true) continue;
    return { stage: "requirement", code, ...(verdict === false ? {} : { details: verdict }) };
  }
  return undefined;
}

async function limitRate(
  call: Call,
  rateLimit: NonNullable<Wiring["rateLimit"]>,
  report: Report,
): Promise<Refusal | undefined> {
  return applyLimit(call, await rateLimit(admitted(call)), report);
}

async function limitRefusals(
  call: Call,
  limiter: RefusalLimiter,
  report: Report,
): Promise<Refusal | undefined> {
  return applyLimit(call, await limiter.check(call.request), report);
}

function applyLimit(call: Call, decision: RateLimitOutcome, report: Report): Refusal | undefined {
  if (decision === undefined) return undefined;
  if ("failure" in decision) {
    if (!decision.allowed) throw decision.failure;
    report(decision.failure, call, "rate-limit");
    return undefined;
  }
  call.fields = rateLimitFields(decision);
  if (decision.allowed) return undefined;
  const { code, details } = decision;
  const named = code === undefined ? {} : { code, details };
  return { stage: "rate-limit", retryAfter: retryAfterOf(decision), ...named };
}

function admitted({ plan, principal, requestId, request }: Call): AdmittedCall<unknown> {
  return { operation: plan.operation.id, principal, requestId, request };
}

/** All issues of the parameters and the body together, so that a caller can put them right in one go. */
function validate(call: Call): Refusal | undefined | Promise<Refusal | undefined> {
  const { readsParameters, parameterOptions } = call.plan;
  const { request, idempotencyKey } = call.plan.operation;
  let issues: readonly RequestIssue[] = noIssues;
  if (readsParameters) {
    const read = request.parameters(call, parameterOptions);
    if (read.issues === undefined) call.values = read.value;
    else issues = read.issues;
  }
  if (idempotencyKey !== "none" && issues.length === 0) issues = readKey(call);
  return request.body.content.length === 0 ? refuse(issues) : validateBody(call, issues);
}

function validateBody(
  call: Call,
  issues: readonly RequestIssue[],
): Refusal | undefined | Promise<Refusal | undefined> {
  const { media, request, plan, received } = call;
  if (media === undefined) return acceptBody(call, issues, noBody);
  if (typeof received === "string") return brokenBody(received, plan.limits);
  if (call.inflate !== undefined && received instanceof Uint8Array)
    return inflateBody(call, received, call.inflate, issues);
  if (media.kind === "binary") {
    const value = received instanceof Uint8Array ? streamOfBytes(received) : streamedBody(call);
    return acceptBody(call, issues, { value });
  }
  const read = received === undefined ? noBody : readBody(media, request, received);
  return isThenable(read)
    ? read.then((found) => acceptBody(call, issues, found))
    : acceptBody(call, issues, read);
}

/** Reads on with what was inflated. */
async function inflateBody(
  call: Call,
  received: Uint8Array,
  inflate: Inflater,
  issues: readonly RequestIssue[],
): Promise<Refusal | undefined> {
  const { limits } = call.plan;
  const bytes = await inflated(streamOfBytes(received), inflate, limits.bytes);
  if (bytes === "too-large") return brokenBody(bytes, limits);
  if (bytes === undefined)
    return refuse([...issues, bodyIssue("encoding", "is not in its Content-Encoding")]);
  call.received = bytes;
  call.inflate = undefined;
  return validateBody(call, issues);
}

function streamedBody({ request, plan, inflate }: Call): ReadableStream<Uint8Array> {
  const { bytes } = plan.limits;
  const stream = request.stream(bytes);
  return inflate === undefined ? stream : inflate(stream).pipeThrough(limited(bytes));
}

function acceptBody(
  call: Call,
  issues: readonly RequestIssue[],
  { value, issues: found }: ReadBody,
): Refusal | undefined {
  if (found !== undefined) return refuse([...issues, ...found]);
  call.body = value;
  const missing = value === undefined && call.plan.operation.request.body.required;
  return refuse(missing ? [...issues, bodyIssue("required", "is required")] : issues);
}

const noBody: ReadBody = {};

const noIssues: readonly RequestIssue[] = [];

function refuse(issues: readonly RequestIssue[]): Refusal | undefined {
  if (issues.length === 0) return undefined;
  return { stage: "request-validation", details: { issues: issues.slice(0, mostIssues) } };
}

function readKey(call: Call): readonly RequestIssue[] {
  const field = call.request.header("idempotency-key");
  const required = call.plan.operation.idempotencyKey === "required";
  if (field === undefined) return required ? [keyIssue("required", "is required")] : noIssues;
  call.key = parseKey(field);
  return call.key === undefined
    ? [keyIssue("format", "must be a text of 1 to 255 printable characters")]
    : noIssues;
}

function keyIssue(rule: string, message: string): RequestIssue {
  return { in: "header", pointer: "/Idempotency-Key", rule, message };
}

/** Nobody's key would be everybody's: without a tenant there is no scope to keep a response in. */
function claimKey(call: Call, idempotency: Idempotency): Refusal | undefined | Promise<Refusal | undefined> {
  const { key, tenant, caller } = call;
  if (key === undefined || tenant === undefined) return undefined;
  return takeTurn(call, { key, tenant, caller }, idempotency);
}

async function takeTurn(
  call: Call,
  scope: Pick<KeyedCall, "key" | "tenant" | "caller">,
  idempotency: Idempotency,
): Promise<Refusal | undefined> {
  const operation = call.plan.operation.id;
  const body = await comparableBody(call);
  const turn = await idempotency.claim({ ...scope, operation, parameters: call.values, body });
  call.held = turn.claim;
  call.replay = turn.replay;
  return turn.refusal;
}

/** What a fingerprint can be taken of: the bytes of a stream, and of each file. */
function comparableBody({ media, body, received }: Call): unknown {
  if (media?.kind === "binary") return received;
  return media?.kind === "multipart" ? withDigests(body) : body;
}
