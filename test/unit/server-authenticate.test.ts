/** Security requirements against what a request carries: alternatives, several schemes at once, credentials that are not valid. */
import type { ApiContract, ServerRequest } from "lockstep-openapi-runtime/server";
import { expect, test } from "vitest";
import { Authentication, type Identity } from "../../runtime/server/authentication/authenticate.ts";

type Alternatives = ApiContract["operations"][number]["security"];

const contract: ApiContract = {
  title: "Schemes",
  version: "1",
  basePath: "",
  operations: [],
  codes: {},
  securitySchemes: {
    key: { type: "apiKey", in: "header", name: "x-key" },
    secret: { type: "apiKey", in: "header", name: "x-secret" },
    bearer: { type: "http", scheme: "bearer" },
  },
};

const use = (...names: readonly string[]): Alternatives[number] =>
  names.map((name) => {
    const [scheme = "", ...scopes] = name.split(" ");
    return { scheme, scopes };
  });

/** `good …` is valid, with the scopes behind it; `expired` says why it is not. */
async function identify(
  alternatives: Alternatives,
  fields: Readonly<Record<string, string>>,
  policy: Readonly<Record<string, "reject" | "ignore">> = {},
): Promise<Identity> {
  const check = (scheme: string) => (credentials: unknown) => {
    if (credentials === "expired") return { code: "token_expired", details: { scheme } };
    const [mark, ...scopes] = String(credentials).split(" ");
    return mark === "good" ? { principal: scheme, scopes } : undefined;
  };
  const checks = { key: check("key"), secret: check("secret"), bearer: check("bearer") };
  const request: ServerRequest = {
    method: "GET",
    target: "/",
    header: (name) => fields[name],
    hasBody: false,
    isInflated: false,
    signal: new AbortController().signal,
    read: () => undefined,
    stream: () => new ReadableStream<Uint8Array>(),
    native: undefined,
  };
  return new Authentication(alternatives, contract, checks, policy).identify(request);
}

const refused = { refusal: { stage: "authentication" } };

test.each([
  [{ "x-key": "good", "x-secret": "good" }, { principal: "key" }],
  [{ "x-key": "good" }, refused],
  [{ "x-secret": "good" }, refused],
  [{ "x-key": "good", "x-secret": "bad" }, refused],
  [{ "x-key": "bad", "x-secret": "good" }, refused],
  [{}, refused],
])("every scheme of a single alternative has to hold: %j", async (fields, identity) => {
  expect(await identify([use("key", "secret")], fields)).toMatchObject(identity);
});

test("missing scopes of all schemes of an alternative come together", async () => {
  const fields = { "x-key": "good a", "x-secret": "good" };
  expect(await identify([use("key a b", "secret c")], fields)).toEqual({
    principal: "key",
    missing: ["b", "c"],
  });
});

test("another alternative may hold, and the one that lacks the fewest scopes is the one to name", async () => {
  const alternatives = [use("key a b"), use("secret c"), use("bearer d")];
  expect(await identify(alternatives, { "x-secret": "good c", "x-key": "good" })).toEqual({
    principal: "secret",
  });
  expect(await identify(alternatives, { "x-secret": "good", "x-key": "good" })).toEqual({
    principal: "secret",
    missing: ["c"],
  });
});

test("credentials that are not valid refuse a call that could be anonymous, unless the host ignores them", async () => {
  const optional = [use("bearer"), []];
  const bad = { authorization: "Bearer bad" };
  expect(await identify(optional, {})).toEqual({});
  expect(await identify(optional, bad)).toMatchObject(refused);
  expect(await identify(optional, bad, { bearer: "ignore" })).toEqual({});
  expect(await identify([use("bearer")], bad, { bearer: "ignore" })).toMatchObject(refused);
});

test("an authenticator may say why", async () => {
  const expired = { authorization: "Bearer expired" };
  const why = { refusal: { stage: "authentication", code: "token_expired", details: { scheme: "bearer" } } };
  expect(await identify([use("bearer")], expired)).toMatchObject(why);
  expect(await identify([use("key"), use("bearer")], expired)).toMatchObject(why);
  expect(await identify([use("key"), use("bearer")], { ...expired, "x-key": "good" })).toEqual({
    principal: "key",
  });
  const { refusal } = await identify([use("key"), use("bearer")], {});
  expect(refusal?.code).toBeUndefined();
});
