/** What belongs to another organization does not exist: the example's answers, byte for byte. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contract } from "../../generated/server.ts";
import { send, startExample, type Answer, type Example, type Sample } from "../support/example-service.ts";
import { fullKey, prepare, samples } from "../support/example-samples.ts";
import { idPlaces, nowhere } from "../support/example-foreign.ts";
import { hostileRequests } from "../support/example-hostile.ts";

const starting = 60_000;
const failures: unknown[] = [];
let example: Example;

beforeAll(async () => {
  example = await startExample({
    hooks: {
      onError: (error) => failures.push(error),
      // A foreign row that was loaded, for one: the kit hides it, but the work was done.
      onViolation: (violation) => failures.push(violation),
    },
  });
}, starting);

afterAll(() => example.close(), starting);

/** All of the response but what names this one exchange. */
function comparable({ status, headers, text }: Answer) {
  const volatile = ["x-request-id", "date", "ratelimit"];
  return { status, text, headers: [...headers].filter(([name]) => !volatile.includes(name)) };
}

function ask(sample: Sample, headers?: Record<string, string>): Promise<Answer> {
  return send(example.url, fullKey(example.mine), headers === undefined ? sample : { ...sample, headers });
}

describe.each(idPlaces)("$operation, $place", ({ existing, request }) => {
  test("the matrix is about ids that work", async () => {
    const own = await ask(request(await existing(example, example.mine), example.mine));
    expect(own.status).toBeLessThan(300);
  });

  test.each([
    ["as it is", undefined],
    ["under an idempotency key", "key"],
    ["to a key that may only read", "reader"],
  ])("a foreign id and one that exists nowhere get the same response %s", async (_, variant) => {
    const key = variant === "reader" ? example.mine.keys[2]?.key : fullKey(example.mine);
    const [foreign, random] = await Promise.all(
      [await existing(example, example.theirs), nowhere()].map((id) => {
        const headers = variant === "key" ? { "idempotency-key": randomUUID() } : {};
        return send(example.url, key, { ...request(id, example.mine), headers });
      }),
    );
    if (foreign === undefined || random === undefined) throw new Error("There are two answers.");
    if (variant !== "reader") expect(foreign).toMatchObject({ status: 404, code: "not_found" });
    expect(comparable(foreign)).toEqual(comparable(random));
  });
});

test("no foreign row was even loaded", () => {
  expect(failures).toEqual([]);
});

test("another user of the same organization cannot see a prepared send", async () => {
  const preparedSendId = await prepare(example, example.mine);
  const request = (id: string): Sample => ({
    method: "POST",
    path: "/broadcasts/send-prepared",
    body: { preparedSendId: id },
  });
  const colleague = example.mine.keys[3]?.key;
  const answers = [
    await send(example.url, colleague, request(preparedSendId)),
    await send(example.url, colleague, request(nowhere())),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  expect(answers.map(comparable)[0]).toEqual(answers.map(comparable)[1]);
});

test("another organization's idempotency key is a fresh one", async () => {
  const key = randomUUID();
  const template = (of: typeof example.mine): Sample => ({
    method: "POST",
    path: "/broadcasts/prepare",
    body: { name: "Same", templateId: of.templateId, segmentId: of.segmentId },
    headers: { "idempotency-key": key },
  });
  const mine = await ask(template(example.mine), { "idempotency-key": key });
  const theirs = await send(example.url, fullKey(example.theirs), template(example.theirs));
  expect([mine.status, theirs.status]).toEqual([200, 200]);
  expect(mine.text).not.toBe(theirs.text);
});

test("what a foreign organization's journey knows stays there: lists hold only one's own", async () => {
  for (const path of ["/templates?pageSize=100", "/segments", "/brand-kits"]) {
    const { text } = await ask({ method: "GET", path });
    expect(text).toContain(example.mine.id);
    expect(text).not.toContain(example.theirs.id);
  }
});

describe("what JSON can say and PostgreSQL cannot hold", () => {
  const odd = "a\u0000b\ud800";

  test.each([
    ["createBroadcast", { name: odd, subjectOverride: odd }],
    ["prepareBroadcast", { name: odd, subjectOverride: odd }],
    ["presignAsset", { filename: odd }],
    ["finalizeAsset", { description: odd, altText: odd }],
    ["triggerJourney", { recipient: { userId: odd, anonymousId: odd }, variables: { [odd]: odd } }],
  ] as const)("%s takes it all the same", async (id, change) => {
    const sample = await samples[id](example, example.mine);
    const body: unknown = { ...Object(sample.body), ...change };
    expect((await ask({ ...sample, body })).status).toBeLessThan(300);
  });

  test("values that are nested too deep are refused, here and elsewhere alike", async () => {
    const sample = await samples.triggerJourney(example, example.mine);
    const body = `{"recipient":{"userId":"x"},"variables":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`;
    const issues = [{ in: "body", pointer: "/variables", rule: "maxDepth" }];
    expect(await ask({ ...sample, body })).toMatchObject({
      code: "bad_request",
      body: { details: { issues } },
    });
  });
});

describe.each(contract.operations)("malformed requests to $id", (operation) => {
  test("get a declared response in the envelope, never a failure", async () => {
    // The generated contract lists exactly the operations of the generated types.
    const sample = await samples[operation.id as keyof typeof samples](example, example.mine);
    failures.length = 0;
    for (const request of hostileRequests(sample, { seed: 7, count: 24 })) {
      const answer = await send(example.url, fullKey(example.mine), request);
      const what = JSON.stringify(request).slice(0, 300);
      expect(answer.status, what).toBeLessThan(500);
      const unrouted = answer.status === 404 || answer.status === 405;
      const media = operation.responses.match(answer.status)?.match("application/json");
      if (answer.status !== 204 && !unrouted) expect(media?.collect(answer.body), what).toEqual([]);
      if (answer.status >= 400) expect(answer.code, what).toBeDefined();
    }
    expect(failures).toEqual([]);
  });
});
