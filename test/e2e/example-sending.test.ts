/** What the example does goes on after its responses: redeeming once, sending, cancelling, running journeys, uploading. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readUpload } from "../../example/assets/read-upload.ts";
import { logoBytes } from "../../example/seed/history.ts";
import {
  send,
  startExample,
  text,
  type Answer,
  type Example,
  type Sample,
} from "../support/example-service.ts";
import { fullKey, pausedBroadcast, prepare, presign } from "../support/example-samples.ts";

const starting = 60_000;
let example: Example;

beforeAll(async () => {
  example = await startExample({ leaseMs: 300, pollMs: 20 });
}, starting);

afterAll(() => example.close(), starting);

function post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return ask({ method: "POST", path, body, headers });
}

function ask(sample: Sample): Promise<Answer> {
  return send(example.url, fullKey(example.mine), sample);
}

function redeem(preparedSendId: string, key?: string): Promise<Answer> {
  return post(
    "/broadcasts/send-prepared",
    { preparedSendId },
    key === undefined ? {} : { "idempotency-key": key },
  );
}

/** Asks until the response says what it should. */
async function until(path: string, status: string): Promise<Answer> {
  for (;;) {
    const answer = await ask({ method: "GET", path });
    if (text(answer.body, "status") === status) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function count(table: string, column: string, id: string): Promise<number> {
  const { rows } = await example.database.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [id]);
  return rows.length;
}

describe("redeeming", () => {
  test("many calls at once start one broadcast; the others are told to come again, or get the replay", async () => {
    const id = await prepare(example, example.mine);
    const answers = await Promise.all(Array.from({ length: 40 }, () => redeem(id)));
    const kinds = answers.map(({ status, body, code }) =>
      status === 202 ? String(Reflect.get(Object(body), "firstRedeem")) : code,
    );
    expect(kinds.filter((kind) => kind === "true")).toHaveLength(1);
    expect(kinds.filter((kind) => !["true", "false", "concurrent_redeem"].includes(kind ?? ""))).toEqual([]);
    expect(await count("broadcasts", "prepared_send_id", id)).toBe(1);
  });

  test("a call that comes while another redeems is told so, and its repetition lands on the replay", async () => {
    const id = await prepare(example, example.mine);
    const open = example.database.hold();
    const first = redeem(id);
    const claimed = "SELECT id FROM prepared_sends WHERE id = $1 AND redeem_until IS NOT NULL";
    while ((await example.database.query(claimed, [id])).rows.length === 0) await new Promise(setImmediate);
    expect(await redeem(id)).toMatchObject({ status: 409, code: "concurrent_redeem" });
    open();
    const { body } = await first;
    expect(body).toMatchObject({ firstRedeem: true });
    expect((await redeem(id)).body).toEqual({ ...Object(body), firstRedeem: false });
  });

  test("a call that died blocks nothing for longer than its lease, and one that was late changes nothing", async () => {
    const id = await prepare(example, example.mine);
    const open = example.database.hold();
    const late = redeem(id);
    const over = "SELECT id FROM prepared_sends WHERE id = $1 AND redeem_until <= clock_timestamp()";
    while ((await example.database.query(over, [id])).rows.length === 0) await new Promise(setImmediate);
    const next = redeem(id);
    const taken = "SELECT id FROM prepared_sends WHERE id = $1 AND redeem_until > clock_timestamp()";
    while ((await example.database.query(taken, [id])).rows.length === 0) await new Promise(setImmediate);
    open();
    expect([(await late).code, (await next).status]).toEqual(["concurrent_redeem", 202]);
    expect(await count("broadcasts", "prepared_send_id", id)).toBe(1);
  });

  test("the first response is replayed under its idempotency key, word for word", async () => {
    const id = await prepare(example, example.mine);
    const key = randomUUID();
    const [first, again] = [await redeem(id, key), await redeem(id, key)];
    expect(first.body).toMatchObject({ firstRedeem: true });
    expect(again.text).toBe(first.text);
  });

  test.each([
    ["lapsed", "expires_at = now()"],
    ["redeemed", "redeemed_at = now() - interval '25 hours'"],
  ])("says that it has %s", async (reason, change) => {
    const id = await prepare(example, example.mine);
    if (reason === "redeemed") await redeem(id);
    await example.database.query(`UPDATE prepared_sends SET ${change} WHERE id = $1`, [id]);
    expect(await redeem(id)).toMatchObject({ status: 410, body: { details: { reason } } });
  });

  test("sends what was prepared, whatever becomes of the template", async () => {
    const { templateId, vipSegmentId: segmentId } = example.theirs;
    const key = fullKey(example.theirs);
    const body = { name: "Fixed", templateId, segmentId, subjectOverride: "Before\r\nBcc: all@example.com" };
    const prepared = await send(example.url, key, { method: "POST", path: "/broadcasts/prepare", body });
    await example.database.query("UPDATE templates SET html = '<p>After</p>' WHERE id = $1", [templateId]);
    const preparedSendId = text(prepared.body, "preparedSendId");
    const answer = await send(example.url, key, {
      method: "POST",
      path: "/broadcasts/send-prepared",
      body: { preparedSendId },
    });
    const mail = "SELECT subject, html FROM outbox WHERE broadcast_id = $1";
    let sent: readonly object[] = [];
    while (sent.length === 0)
      sent = (await example.database.query(mail, [text(answer.body, "broadcastId")])).rows;
    expect(sent[0]).toMatchObject({ subject: "Before Bcc: all@example.com" });
    expect(JSON.stringify(sent[0])).not.toContain("After");
  });
});

describe("broadcasts", () => {
  const create = async (templateId: string, name = "Go"): Promise<string> => {
    const { segmentId } = example.mine;
    return text((await post("/broadcasts", { name, templateId, segmentId })).body, "broadcastId");
  };

  test("reach everyone who is in the segment once, and count whom they could not be written for", async () => {
    const id = await create(example.mine.personalTemplateId);
    const { body } = await until(`/broadcasts/${id}`, "Sent");
    // Of 40 people 4 have not subscribed, and 4 have no first name.
    expect(body).toMatchObject({ stats: { queued: 0, sent: 32, failed: 4 }, scheduledAt: null });
    const recipients = await example.database.query<{ recipient: string }>(
      "SELECT recipient FROM outbox WHERE broadcast_id = $1",
      [id],
    );
    expect(new Set(recipients.rows.map(({ recipient }) => recipient)).size).toBe(32);
    expect(recipients.rows).toHaveLength(32);
  });

  test("are created once under one idempotency key", async () => {
    const key = { "idempotency-key": randomUUID() };
    const { templateId, segmentId } = example.mine;
    const body = { name: "Once", templateId, segmentId };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("/broadcasts", body, key)));
    const created = new Set(answers.filter(({ status }) => status === 202).map(({ text: answer }) => answer));
    expect(created.size).toBe(1);
    expect(answers.every(({ status, code }) => status === 202 || code === "idempotency_in_progress")).toBe(
      true,
    );
    expect(await count("broadcasts", "name", "Once")).toBe(1);
  });

  test("that are cancelled drop what is queued and stay as they are", async () => {
    const id = await pausedBroadcast(example, example.mine);
    await example.database.query(
      `INSERT INTO deliveries (organization_id, broadcast_id, contact_id, email)
SELECT organization_id, $2, id, email FROM contacts WHERE organization_id = $1`,
      [example.mine.id, id],
    );
    const before = await ask({ method: "GET", path: `/broadcasts/${id}` });
    expect(before.body).toMatchObject({ status: "Paused", stats: { queued: 40 } });
    const cancelled = await post(`/broadcasts/${id}/cancel`);
    expect(cancelled.body).toMatchObject({ status: "Archived", stats: { queued: 0, sent: 0, failed: 0 } });
    const again = await post(`/broadcasts/${id}/cancel`);
    expect(again).toMatchObject({ code: "terminal_state", body: { details: { status: "Archived" } } });
    expect(await count("outbox", "broadcast_id", id)).toBe(0);
  });
});

describe("journeys", () => {
  const trigger = async (recipient: object, variables?: object): Promise<string> => {
    const body = { recipient, ...(variables === undefined ? {} : { variables }) };
    return text((await post(`/journeys/${example.mine.journeyId}/trigger`, body)).body, "runId");
  };
  const order = { orderNumber: "<HP-1>" };

  test("run to their end and send each message once", async () => {
    const run = await trigger({ userId: "customer-0" }, order);
    expect((await until(`/journeys/runs/${run}`, "completed")).body).toMatchObject({ error: null });
    expect(await count("outbox", "run_id", run)).toBe(2);
  });

  test("add a person who is not known, who has not agreed to more", async () => {
    const recipient = { email: "new@example.com" };
    const runs = [await trigger(recipient, order), await trigger({ email: "NEW@example.com" }, order)];
    const ended = await Promise.all(runs.map((run) => until(`/journeys/runs/${run}`, "exited")));
    expect(new Set(ended.map(({ body }) => text(body, "profileId"))).size).toBe(1);
  });

  test.each([
    ["a placeholder without a value", { userId: "customer-0" }, undefined, "orderNumber"],
    ["a person without an address", { anonymousId: "visitor" }, order, "no e-mail address"],
  ])("fail for %s, and say why", async (_, recipient, variables, reason) => {
    const { body } = await until(`/journeys/runs/${await trigger(recipient, variables)}`, "failed");
    expect(text(body, "error")).toContain(reason);
  });
});

describe("assets", () => {
  const png = { "content-type": "image/png" };
  const put = (url: string, body: Uint8Array, headers: Record<string, string> = png): Promise<Response> =>
    fetch(url, { method: "PUT", headers, body });

  test("are uploaded, measured, served, and gone when deleted", async () => {
    const { asset, upload } = await presign(example, example.mine, { filename: "a/ü.png" });
    expect((await put(upload.url, logoBytes)).status).toBe(204);
    expect((await fetch(asset.url)).status).toBe(404);
    const { body } = await post(`/assets/${asset.id}/finalize`);
    expect(body).toMatchObject({ asset: { width: 1, height: 1, size: logoBytes.length } });
    const served = await fetch(asset.url);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(logoBytes);
    expect((await put(upload.url, logoBytes)).status).toBe(409);
    await ask({ method: "DELETE", path: `/assets/${asset.id}` });
    expect((await fetch(asset.url)).status).toBe(404);
  });

  test.each([
    ["upload_size_mismatch", { size: logoBytes.length + 1 }, "image/png"],
    ["upload_type_mismatch", { contentType: "image/gif" }, "image/gif"],
  ])("are refused with %s", async (rule, announced, contentType) => {
    const { asset, upload } = await presign(example, example.mine, announced);
    await put(upload.url, logoBytes, { "content-type": contentType });
    const answer = await post(`/assets/${asset.id}/finalize`);
    expect(answer).toMatchObject({ status: 422, body: { details: { issues: [{ in: "path", rule }] } } });
  });

  test("take uploads only as they were signed, and only in time", async () => {
    const { upload } = await presign(example, example.mine);
    const other = await presign(example, example.mine);
    const signature = new URL(other.upload.url).searchParams.get("signature") ?? "";
    const stolen = upload.url.replace(/signature=.*/, `signature=${signature}`);
    const longer = upload.url.replace(/expires=\d+/, "expires=9999999999");
    const statuses = await Promise.all([
      put(stolen, logoBytes),
      put(longer, logoBytes),
      put(upload.url, logoBytes, { "content-type": "text/html" }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test("take no more than was announced, and ids and names for what they are", async () => {
    const { asset, upload } = await presign(example, example.mine, { filename: ".." });
    expect(new URL(asset.url).pathname.split("/")).toHaveLength(5);
    expect((await put(upload.url, Buffer.concat([logoBytes, Buffer.of(0)]))).status).toBe(413);
    expect((await put(upload.url, logoBytes)).status).toBe(204);
    const dashes = "-".repeat(36);
    const nowhere = [asset.url.replace(asset.id, dashes), upload.url.replace(asset.id, dashes)];
    expect((await fetch(nowhere[0] ?? "")).status).toBe(404);
    expect((await put(nowhere[1] ?? "", logoBytes)).status).toBe(404);
  });

  test("give an upload that comes too slowly up", async () => {
    const server = createServer((message, response) => {
      void readUpload(message, 10, 20).then((bytes) => {
        outcomes.push(bytes);
        response.destroy();
      });
    });
    const outcomes: unknown[] = [];
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Uint8Array.of(1));
      },
    });
    const init = { method: "PUT", body, duplex: "half" } as const;
    await expect(fetch(`http://127.0.0.1:${String(port)}/`, init)).rejects.toThrow();
    expect(outcomes).toEqual([undefined]);
    server.close();
  });
});
