/** Idempotency keys: the stores, the same suite for each, and what the pipeline makes of them. */
import { setTimeout as sleep } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { MemoryIdempotencyStore } from "lockstep-openapi-runtime/stores/memory";
import {
  idempotencyTable,
  PostgresIdempotencyStore,
  type Queryable,
} from "lockstep-openapi-runtime/stores/postgres";
import type { IdempotencyStore, StoredResponse } from "lockstep-openapi-runtime/server";
import { createServer } from "lockstep-openapi-runtime/server";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createApi } from "../../generated/server.ts";
import { fingerprint, withDigests } from "../../runtime/server/idempotency/fingerprint.ts";
import { bodiesApi } from "../support/bodies-api.ts";
import { broadcastBody, caller, canonicalOptions, otherId, someId } from "../support/canonical-api.ts";

const database = new PGlite();
beforeAll(async () => {
  await database.exec(idempotencyTable());
  await database.exec(idempotencyTable());
}, 60_000);
afterAll(() => database.close());

const stores: Readonly<Record<string, () => IdempotencyStore<Queryable>>> = {
  memory: () => new MemoryIdempotencyStore(),
  postgres: () => new PostgresIdempotencyStore(database),
};
const response: StoredResponse = {
  status: 202,
  headers: ["content-type", "application/json"],
  body: "{}",
  encoding: "text",
};
let scopes = 0;

describe.each(Object.keys(stores))("%s store", (name) => {
  const store = stores[name]?.() ?? new MemoryIdempotencyStore();
  const fresh = () => {
    const ref = { scope: `scope ${String(scopes++)}`, key: "k" };
    const claim = (token: string, fingerprint = "f", leaseMs = 60_000, ttlMs = 120_000) =>
      store.claim({ ...ref, token, fingerprint, leaseMs, ttlMs });
    return { ref, claim };
  };

  test("a key is claimed once, replays its response, and stands for one request", async () => {
    const { ref, claim } = fresh();
    expect(await claim("a")).toEqual({ state: "claimed" });
    expect(await claim("b")).toEqual({ state: "in-progress" });
    expect(await claim("b", "other")).toEqual({ state: "mismatch" });
    expect(await store.complete(ref, "b", response)).toBe(false);
    expect(await store.complete(ref, "a", response)).toBe(true);
    expect(await store.complete(ref, "a", response)).toBe(false);
    expect(await claim("b")).toEqual({ state: "completed", response });
    expect(await claim("b", "other")).toEqual({ state: "mismatch" });
  });

  test("the holder alone releases and renews", async () => {
    const { ref, claim } = fresh();
    await claim("a");
    await store.release(ref, "b");
    expect(await store.renew(ref, "b", 1)).toBe(false);
    expect(await claim("b")).toEqual({ state: "in-progress" });
    await store.release(ref, "a");
    expect(await store.renew(ref, "a", 1)).toBe(false);
    expect(await claim("b", "other")).toEqual({ state: "claimed" });
  });

  test("a dead holder's key is taken over by the same request, and the dead one's answer is refused", async () => {
    const { ref, claim } = fresh();
    await claim("a", "f", 30);
    await sleep(60);
    expect(await claim("b", "other")).toEqual({ state: "mismatch" });
    expect(await claim("b")).toEqual({ state: "claimed" });
    expect(await store.complete(ref, "a", response)).toBe(false);
    expect(await store.renew(ref, "a", 1000)).toBe(false);
    expect(await store.complete(ref, "b", response)).toBe(true);
  });

  test("a renewed lease holds, and a key past its time is free", async () => {
    const { ref, claim } = fresh();
    await claim("a", "f", 200, 800);
    expect(await store.renew(ref, "a", 5000)).toBe(true);
    await sleep(300);
    expect(await claim("b")).toEqual({ state: "in-progress" });
    await sleep(600);
    expect(await claim("b", "other")).toEqual({ state: "claimed" });
  });

  test("a key that is taken again after its time has nothing of the response before", async () => {
    const { ref, claim } = fresh();
    await claim("a", "f", 20, 20);
    expect(await store.complete(ref, "a", response)).toBe(true);
    await sleep(40);
    expect(await claim("b")).toEqual({ state: "claimed" });
    expect(await claim("c")).toEqual({ state: "in-progress" });
    expect(await store.complete(ref, "b", { ...response, body: "[]" })).toBe(true);
    expect(await claim("c")).toEqual({ state: "completed", response: { ...response, body: "[]" } });
  });

  test("of a hundred claims at once, one wins", async () => {
    const { claim } = fresh();
    const states = await Promise.all(Array.from({ length: 100 }, (_, index) => claim(`t${String(index)}`)));
    expect(states.filter(({ state }) => state === "claimed")).toHaveLength(1);
  });
});

test("memory is bounded: oldest answers go, running calls stay", async () => {
  const store = new MemoryIdempotencyStore({ maxKeys: 3 });
  const claim = (key: string) =>
    store.claim({ scope: "s", key, token: key, fingerprint: "f", leaseMs: 60_000, ttlMs: 60_000 });
  for (const key of ["a", "b", "c", "d", "e"]) {
    await claim(key);
    if (key !== "a") await store.complete({ scope: "s", key }, key, response);
  }
  expect(store.size).toBeLessThanOrEqual(3);
  expect(await claim("a")).toEqual({ state: "in-progress" });
});

test("the database forgets what is past its time", async () => {
  const store = new PostgresIdempotencyStore(database);
  await store.claim({ scope: "old", key: "k", token: "t", fingerprint: "f", leaseMs: 1, ttlMs: 1 });
  await sleep(5);
  await store.sweep();
  expect((await database.query("SELECT * FROM lockstep_idempotency WHERE scope = 'old'")).rows).toEqual([]);
});

test("a table's name is not a way into the statements", () => {
  expect(() => idempotencyTable("x; DROP TABLE y")).toThrow(TypeError);
  expect(idempotencyTable("app.keys")).toContain("INDEX IF NOT EXISTS app_keys_expires ON app.keys");
});

describe("the pipeline", () => {
  const accepted = { status: 202, body: { broadcastId: someId, status: "NotStarted" } } as const;
  const keyed = { body: broadcastBody, headers: { "idempotency-key": "k" } };

  test("replays the first response byte for byte, whatever its status", async () => {
    let runs = 0;
    const call = caller(
      canonicalOptions({
        broadcasts: {
          createBroadcast: ({ body, fail }) => {
            runs++;
            if (body.name === "boom") throw new Error("boom");
            return body.name === "no" ? fail("not_implemented") : accepted;
          },
        },
      }),
    );
    for (const [name, status] of [
      ["yes", 202],
      ["no", 501],
      ["boom", 500],
    ] as const) {
      runs = 0;
      const body = { ...broadcastBody, name };
      const headers = { "idempotency-key": name };
      const first = await call("/broadcasts", { body, headers });
      // Another order of members, another way to write a number or a character: the same request.
      const again = await call("/broadcasts", {
        body: `{"segmentId":"${otherId}", "templateId":"${someId}","name":"${name.replace("o", "\\u006f")}"}`,
        headers: { "idempotency-key": `"${name}"`, "content-type": "application/json; charset=utf-8" },
      });
      expect(first.status).toBe(status);
      expect(again).toEqual(first);
      expect(runs).toBe(1);
    }
  });

  test("does not keep refusals, nor codes that ask for a repetition", async () => {
    let runs = 0;
    const call = caller(
      canonicalOptions({
        broadcasts: {
          sendPreparedBroadcast: ({ fail }) =>
            runs++ === 0
              ? fail("concurrent_redeem")
              : { status: 202, body: { broadcastId: someId, status: "NotStarted", firstRedeem: false } },
        },
      }),
    );
    const headers = { "idempotency-key": "k" };
    expect((await call("/broadcasts/send-prepared", { headers, body: {} })).code).toBe("bad_request");
    const body = { preparedSendId: someId };
    expect((await call("/broadcasts/send-prepared", { headers, body, key: "org1:nosend" })).status).toBe(403);
    expect((await call("/broadcasts/send-prepared", { headers, body })).code).toBe("concurrent_redeem");
    expect((await call("/broadcasts/send-prepared", { headers, body })).status).toBe(202);
  });

  test("tells another request, another path and another tenant apart", async () => {
    let runs = 0;
    const broadcast = { id: someId, name: "n", status: "Archived" } as const;
    const times = { scheduledAt: null, startedAt: null, completedAt: null };
    const call = caller(
      canonicalOptions({
        broadcasts: {
          createBroadcast: () => accepted,
          cancelBroadcast: ({ path }) => {
            runs++;
            const stats = { queued: 0, sent: 0, failed: 0 };
            return { status: 200, body: { ...broadcast, ...times, id: path.id, stats } };
          },
        },
      }),
    );
    await call("/broadcasts", keyed);
    expect((await call("/broadcasts", { ...keyed, body: { ...broadcastBody, name: "x" } })).code).toBe(
      "idempotency_key_reuse",
    );
    const cancel = (id: string, key: string) =>
      call(`/broadcasts/${id}/cancel`, { method: "POST", key, headers: { "idempotency-key": "k" } });
    expect((await cancel(someId, "org1")).status).toBe(200);
    expect((await cancel(otherId, "org1")).code).toBe("idempotency_key_reuse");
    expect((await cancel(otherId, "org2")).status).toBe(200);
    expect(runs).toBe(2);
  });

  test("says while the first call runs that it does, and when to come back", async () => {
    let finish = (): void => undefined;
    const running = new Promise<void>((resolve) => (finish = resolve));
    const call = caller(
      canonicalOptions({ broadcasts: { createBroadcast: () => running.then(() => accepted) } }),
    );
    const first = call("/broadcasts", keyed);
    await sleep(10);
    const second = await call("/broadcasts", keyed);
    expect([second.status, second.code, second.headers["retry-after"]]).toEqual([
      409,
      "idempotency_in_progress",
      "1",
    ]);
    finish();
    expect((await first).status).toBe(202);
    expect((await call("/broadcasts", keyed)).status).toBe(202);
  });

  test("keeps its lease while it works, and gives way where it lost it", async () => {
    const store = new MemoryIdempotencyStore();
    const options = canonicalOptions({
      broadcasts: { createBroadcast: () => sleep(150).then(() => accepted) },
    });
    const call = caller({ ...options, idempotency: { store, leaseMs: 60 } });
    const first = call("/broadcasts", keyed);
    await sleep(100);
    expect((await call("/broadcasts", keyed)).code).toBe("idempotency_in_progress");
    expect((await first).status).toBe(202);
    const lost = caller({
      ...options,
      idempotency: { store: Object.assign(store, { complete: () => Promise.resolve(false) }) },
    });
    expect((await lost("/broadcasts", { ...keyed, headers: { "idempotency-key": "l" } })).code).toBe(
      "idempotency_in_progress",
    );
  });

  test("lets a key go after its lease whose response is too large to be kept", async () => {
    let runs = 0;
    const options = canonicalOptions({
      broadcasts: {
        createBroadcast: () => {
          runs++;
          return accepted;
        },
      },
    });
    const store = new MemoryIdempotencyStore();
    const call = caller({ ...options, idempotency: { store, leaseMs: 60, responseBytes: 10 } });
    expect((await call("/broadcasts", keyed)).status).toBe(202);
    expect((await call("/broadcasts", keyed)).code).toBe("idempotency_in_progress");
    await sleep(120);
    expect((await call("/broadcasts", keyed)).status).toBe(202);
    expect(runs).toBe(2);
  });

  test("stores the response with the host's transaction, and rolls back with it", async () => {
    const store = new PostgresIdempotencyStore(database);
    await database.exec("CREATE TABLE effects (id int)");
    let fails = true;
    const options = canonicalOptions({
      broadcasts: {
        createBroadcast: ({ remember }) =>
          database.transaction(async (transaction) => {
            await transaction.query("INSERT INTO effects VALUES (1)");
            const result = await remember(accepted, transaction);
            if (fails) throw new Error("after the response was stored");
            return result;
          }),
      },
    });
    const call = caller({ ...options, idempotency: { store } });
    expect((await call("/broadcasts", keyed)).status).toBe(500);
    expect((await database.query("SELECT * FROM effects")).rows).toHaveLength(0);
    fails = false;
    const headers = { "idempotency-key": "tx" };
    const first = await call("/broadcasts", { body: broadcastBody, headers });
    expect(await call("/broadcasts", { body: broadcastBody, headers })).toEqual(first);
    expect((await database.query("SELECT * FROM effects")).rows).toHaveLength(1);
    const lost = Object.assign(new PostgresIdempotencyStore(database), {
      completeWithin: () => Promise.resolve(false),
    });
    const late = caller({ ...options, idempotency: { store: lost } });
    expect(
      (await late("/broadcasts", { body: broadcastBody, headers: { "idempotency-key": "late" } })).code,
    ).toBe("idempotency_in_progress");
    expect((await database.query("SELECT * FROM effects")).rows).toHaveLength(1);
  });

  test("a key that is none is an issue of its header", async () => {
    const call = caller(canonicalOptions({ broadcasts: { createBroadcast: () => accepted } }));
    for (const key of ['"open', "é", "x".repeat(256), '""']) {
      const { status, body } = await call("/broadcasts", {
        body: broadcastBody,
        headers: { "idempotency-key": key },
      });
      expect([key, status]).toEqual([key, 400]);
      expect(body).toMatchObject({ details: { issues: [{ in: "header", pointer: "/Idempotency-Key" }] } });
    }
  });

  test("keys belong to the caller within its tenant, unless a tenant's callers share them", async () => {
    let runs = 0;
    const options = canonicalOptions({
      broadcasts: { createBroadcast: ({ fail }) => (runs++ === 0 ? fail("not_found") : accepted) },
    });
    const call = caller(options);
    expect((await call("/broadcasts", { ...keyed, key: "org1:user1" })).status).toBe(404);
    expect((await call("/broadcasts", { ...keyed, key: "org1:user2" })).status).toBe(202);
    expect((await call("/broadcasts", { ...keyed, key: "org1:user1" })).status).toBe(404);
    runs = 0;
    const shared = caller({
      ...options,
      caller: () => "",
      idempotency: { store: new MemoryIdempotencyStore() },
    });
    expect((await shared("/broadcasts", { ...keyed, key: "org1:user1" })).status).toBe(404);
    expect((await shared("/broadcasts", { ...keyed, key: "org1:user2" })).status).toBe(404);
    const { caller: _, ...untyped } = canonicalOptions();
    // What untyped code could leave out.
    expect(() => createApi(untyped as never)).toThrow("caller is missing");
  });

  test("callers without a principal share no key", async () => {
    const api = bodiesApi();
    const ping = api.contract.operations.find(({ id }) => id === "ping");
    const open = createServer(
      { ...api.contract, operations: [{ ...(ping ?? never()), security: [] }] },
      pings(),
    );
    const handler = fetchHandler(open);
    const ask = async (): Promise<unknown> => {
      const init = { method: "POST", headers: { "idempotency-key": "k" } };
      return (await handler(new Request("http://h/v1/pings", init))).json();
    };
    expect([await ask(), await ask()]).toEqual([{ pings: 1 }, { pings: 2 }]);
  });

  test("one renewal that fails does not give the lease up", async () => {
    const store = new MemoryIdempotencyStore();
    const renew = store.renew.bind(store);
    let renewals = 0;
    const flaky = Object.assign(store, {
      renew: (...given: Parameters<typeof renew>) =>
        renewals++ === 0 ? Promise.reject(new Error("down")) : renew(...given),
    });
    let finish = (): void => undefined;
    const running = new Promise<void>((resolve) => (finish = resolve));
    const options = canonicalOptions({ broadcasts: { createBroadcast: () => running.then(() => accepted) } });
    const call = caller({ ...options, idempotency: { store: flaky, leaseMs: 60 } });
    const first = call("/broadcasts", keyed);
    await vi.waitFor(() => {
      expect(renewals).toBeGreaterThan(3);
    });
    expect((await call("/broadcasts", keyed)).code).toBe("idempotency_in_progress");
    finish();
    expect((await first).status).toBe(202);
  });

  test("remember keeps no response that asks for a repetition", async () => {
    let within = 0;
    const store = Object.assign(new MemoryIdempotencyStore(), {
      completeWithin: () => Promise.resolve((within++, true)),
    });
    let code: "concurrent_redeem" | "prepared_send_expired" = "concurrent_redeem";
    const options = canonicalOptions({
      broadcasts: {
        sendPreparedBroadcast: ({ fail, remember }) =>
          remember(code === "concurrent_redeem" ? fail(code) : fail(code, { reason: "redeemed" }), undefined),
      },
    });
    const call = caller({ ...options, idempotency: { store } });
    const send = () =>
      call("/broadcasts/send-prepared", {
        body: { preparedSendId: someId },
        headers: { "idempotency-key": "k" },
      });
    expect([(await send()).code, within]).toEqual(["concurrent_redeem", 0]);
    code = "prepared_send_expired";
    expect([(await send()).code, within]).toEqual(["prepared_send_expired", 1]);
  });

  test("a kept response that is declared no more is not replayed", async () => {
    const violations: unknown[] = [];
    const old = {
      status: 201,
      headers: ["content-type", "application/json"],
      body: "{}",
      encoding: "text",
    } as const;
    const replaying = (stored: StoredResponse) => {
      const options = canonicalOptions({ broadcasts: { createBroadcast: () => accepted } });
      const store = Object.assign(new MemoryIdempotencyStore(), {
        claim: () => Promise.resolve({ state: "completed" as const, response: stored }),
      });
      const hooks = {
        onError: () => undefined,
        onViolation: (violation: unknown) => void violations.push(violation),
      };
      return caller({ ...options, hooks, idempotency: { store } })("/broadcasts", keyed);
    };
    expect((await replaying(old)).code).toBe("internal_error");
    expect((await replaying({ ...old, status: 409, code: "concurrent_redeem" })).code).toBe("internal_error");
    expect(violations).toMatchObject([{ kind: "status" }, { kind: "code" }]);
    expect((await replaying({ ...old, status: 202 })).status).toBe(202);
  });
});

describe("fingerprints", () => {
  const print = (body: unknown, parameters: object = {}): Promise<string> => fingerprint(parameters, body);
  const form = (...files: readonly string[]): Promise<unknown> =>
    withDigests({ a: "1", files: files.map((text) => new File([text], "f.txt", { type: "text/plain" })) });

  test("tell path, query, body, and each file of a list apart", async () => {
    const all = await Promise.all([
      print({}),
      print(undefined),
      print(null),
      print({}, { path: { id: "a" } }),
      print({}, { query: { id: "a" } }),
      print({}, { query: { id: "b" } }),
      print({}, { query: { id: ["a", "b"] } }),
      print(await form("x", "y")),
      print(await form("x", "z")),
      print(await form("x")),
      print(await form("y", "x")),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(await print(await form("x", "y"))).toBe(all[7]);
    expect(await print({ b: 1, a: 2 })).toBe(await print({ a: 2, b: 1 }));
  });

  test("never take a number beyond all limits for null, nor for another", async () => {
    const texts = ["1e400", "-1e999", "null", "1e308"];
    const prints = await Promise.all(texts.map((text) => print(JSON.parse(text))));
    expect(new Set(prints).size).toBe(texts.length);
  });
});

test("a number of JSON that no number of ECMAScript is, is a bad request", async () => {
  const options = canonicalOptions({ journeys: { triggerJourney: unused } });
  const call = caller(options);
  const variables = (text: string) =>
    call(`/journeys/${someId}/trigger`, {
      body: `{"recipient":{"email":"a@b.example"},"variables":{"a":[${text}]}}`,
    });
  for (const text of ["1e400", "-1e999", "1E+0400", "9".repeat(309), `${"9".repeat(260)}e99`]) {
    const { code, body } = await variables(text);
    expect([text, code]).toEqual([text, "bad_request"]);
    expect(body).toMatchObject({
      details: {
        issues: [
          { in: "body", pointer: "/variables/a/0", rule: text.startsWith("-") ? "minimum" : "maximum" },
        ],
      },
    });
  }
  for (const text of ["1e308", "1e-400", `"1e400"`, `"${"9".repeat(400)}"`]) {
    expect((await variables(text)).code).toBe("internal_error");
  }
});

const unused = (): never => {
  throw new Error("It was reached.");
};

const never = (): never => {
  throw new Error("The operation is not there.");
};

function pings() {
  let count = 0;
  const ping = () => ({ status: 203, body: { pings: ++count } });
  const idempotency = { store: new MemoryIdempotencyStore() };
  return { handlers: { pings: { ping } }, tenant: () => "t", caller: () => "", idempotency };
}
