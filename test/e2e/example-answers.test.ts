/** The example answers everything that its contract declares: every operation, every status, every code, over HTTP. */
import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coverageFile } from "lockstep-openapi-runtime/coverage";
import type { OperationContract } from "lockstep-openapi-runtime/server";
import { contract } from "../../generated/server.ts";
import type { ErrorCode, OperationId } from "../../generated/errors.ts";
import type { Service } from "../../example/server.ts";
import {
  addKey,
  send,
  startExample,
  type Answer,
  type Example,
  type Sample,
} from "../support/example-service.ts";
import { Project } from "./cli-run.ts";
import { fullKey, pausedBroadcast, prepare, presign, samples } from "../support/example-samples.ts";

const project = new Project();
const answers = project.path("responses.jsonl");
const errors: unknown[] = [];
/** An embedded database takes its time on a busy machine. */
const starting = 60_000;
let example: Example;
let limited: Service;

beforeAll(async () => {
  example = await startExample({
    coverage: coverageFile(answers),
    // The worker meets the failing database too.
    onWorkerError: () => undefined,
    hooks: {
      onError: (error) => errors.push(error),
      onViolation: (violation) => {
        throw new Error(violation.message);
      },
    },
  });
  limited = await example.another({ rateLimit: { requests: 1, per: 60 } });
  await send(limited.url, fullKey(example.mine), { method: "GET", path: "/segments" });
}, starting);

afterAll(async () => {
  await example.close();
  project.remove();
}, starting);

const successes = (operation: OperationContract): number[] =>
  [200, 201, 202, 204].filter((status) => operation.responses.match(status) !== undefined);

/** Sends the operation's sample, changed. */
async function ask(
  id: OperationId,
  change: (sample: Sample) => Sample = (sample) => sample,
): Promise<Answer> {
  return send(example.url, fullKey(example.mine), change(await samples[id](example, example.mine)));
}

const withBody =
  (body: unknown) =>
  (sample: Sample): Sample => ({ ...sample, body });
const withId =
  (id: string) =>
  (sample: Sample): Sample => ({
    ...sample,
    path: sample.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, id),
  });
const withKey =
  (key: string) =>
  (sample: Sample): Sample => ({
    ...sample,
    headers: { "idempotency-key": key },
  });

/** Holds the first call within its handler while the second one comes. */
async function whileRunning(id: OperationId): Promise<Answer> {
  const key = randomUUID();
  const sample = withKey(key)(await samples[id](example, example.mine));
  const open = example.database.hold();
  const first = send(example.url, fullKey(example.mine), sample);
  const claimed = "SELECT key FROM lockstep_idempotency WHERE key = $1";
  while ((await example.database.query(claimed, [key])).rows.length === 0) await new Promise(setImmediate);
  const second = await send(example.url, fullKey(example.mine), sample);
  open();
  expect((await first).status).toBeLessThan(300);
  return second;
}

async function failing(id: OperationId): Promise<Answer> {
  const sample = await samples[id](example, example.mine);
  example.database.failing = true;
  const answer = await send(example.url, fullKey(example.mine), sample);
  example.database.failing = false;
  return answer;
}

async function reusing(id: OperationId): Promise<Answer> {
  const sample = withKey(randomUUID())(await samples[id](example, example.mine));
  await send(example.url, fullKey(example.mine), sample);
  const other = await samples[id](example, example.mine);
  const isSame = sample.path === other.path && JSON.stringify(sample.body) === JSON.stringify(other.body);
  const changed = isSame
    ? { ...sample, body: changedBody(id, sample.body) }
    : { ...sample, ...other, headers: sample.headers ?? {} };
  return send(example.url, fullKey(example.mine), changed);
}

function changedBody(id: OperationId, body: unknown): unknown {
  const change =
    id === "triggerJourney" ? { variables: {} } : id === "presignAsset" ? { size: 71 } : { name: "Other" };
  return { ...Object(body), ...change };
}

function malformed(sample: Sample): Sample {
  if (sample.body !== undefined) return { ...sample, body: "[" };
  if (sample.path.startsWith("/templates?")) return { ...sample, path: "/templates?pageSize=0" };
  return withId("not-a-uuid")(sample);
}

function missing(sample: Sample): Sample {
  if (sample.path.includes("-") && /[0-9a-f]{8}-/.test(sample.path)) return withId(randomUUID())(sample);
  const id = sample.path.endsWith("send-prepared") ? "preparedSendId" : "templateId";
  return { ...sample, body: { ...Object(sample.body), [id]: randomUUID() } };
}

async function expired(): Promise<Answer> {
  const preparedSendId = await prepare(example, example.mine);
  await example.database.query("UPDATE prepared_sends SET expires_at = now() WHERE id = $1", [
    preparedSendId,
  ]);
  return ask("sendPreparedBroadcast", withBody({ preparedSendId }));
}

/** As if another process were redeeming it. */
async function redeeming(): Promise<Answer> {
  const preparedSendId = await prepare(example, example.mine);
  const claim =
    "UPDATE prepared_sends SET redeem_token = $2, redeem_until = now() + interval '1 minute' WHERE id = $1";
  await example.database.query(claim, [preparedSendId, randomUUID()]);
  return ask("sendPreparedBroadcast", withBody({ preparedSendId }));
}

async function unsendable(id: OperationId): Promise<Answer> {
  if (id === "finalizeAsset") return ask(id, withId((await presign(example, example.mine)).asset.id));
  const { segmentId, incompleteTemplateId: templateId } = example.mine;
  return ask(id, withBody({ name: "Draft", templateId, segmentId }));
}

async function ended(): Promise<Answer> {
  const id = await pausedBroadcast(example, example.mine);
  await ask("cancelBroadcast", withId(id));
  return ask("cancelBroadcast", withId(id));
}

/** How each code comes about. */
const provoke: Readonly<Record<ErrorCode, (id: OperationId) => Promise<Answer>>> = {
  bad_request: (id) => ask(id, malformed),
  unauthorized: async (id) => send(example.url, undefined, await samples[id](example, example.mine)),
  insufficient_scope: async (id) => {
    const sample = await samples[id](example, example.mine);
    return send(example.url, await addKey(example, example.mine, []), sample);
  },
  send_not_allowed: async (id) => {
    const sample = await samples[id](example, example.mine);
    return send(example.url, example.mine.keys[1]?.key, sample);
  },
  not_found: (id) => ask(id, missing),
  concurrent_redeem: redeeming,
  idempotency_in_progress: whileRunning,
  terminal_state: ended,
  prepared_send_expired: expired,
  idempotency_key_reuse: reusing,
  validation_failed: unsendable,
  rate_limited: async (id) =>
    send(limited.url, fullKey(example.mine), await samples[id](example, example.mine)),
  internal_error: failing,
  not_implemented: (id) =>
    ask(id, (sample) => ({
      ...sample,
      body: { ...Object(sample.body), scheduleAt: "2027-01-01T00:00:00Z" },
    })),
};

/** Holds the body to the schema that the document has for the status. */
function expectDeclared(operation: OperationContract, { status, headers, body, text }: Answer): void {
  expect(headers.get("x-request-id")).toMatch(/./);
  const response = operation.responses.match(status);
  if (status === 204) {
    expect(text).toBe("");
    return;
  }
  const media = response?.match(headers.get("content-type") ?? "");
  expect(media?.collect(body)).toEqual([]);
}

describe.each(contract.operations.map((operation) => ({ id: operation.id, operation })))(
  "$id",
  ({ operation }) => {
    // The generated contract lists exactly the operations of the generated types.
    const id = operation.id as OperationId;

    test.each(successes(operation))("succeeds with %i", async (status) => {
      const answer = await ask(id);
      expect(answer).toMatchObject({ status });
      expectDeclared(operation, answer);
    });

    test.each(operation.errors.map(({ status, code }) => [status, code]))(
      "answers %s %s",
      async (status, code) => {
        // Codes of the contract are codes of the catalogue.
        const answer = await provoke[code as ErrorCode](id);
        expect(answer).toMatchObject({ status: Number(status), code });
        expectDeclared(operation, answer);
        expect(answer.text).not.toContain("SECRET");
      },
    );
  },
);

test("nothing that is declared went unanswered", async () => {
  const document = path.join(import.meta.dirname, "../../openapi/openapi.yaml");
  const { code, out } = await project.run(["coverage", document, "--responses", answers]);
  expect({ code, out }).toMatchObject({ code: 0 });
  expect(errors.length).toBe(contract.operations.length);
});
