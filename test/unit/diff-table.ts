/** The table of changes of the error contract, each with the findings that it must give: all of them, and no other. */
import { addCode, at, list, removeCode, retire, set, type Draft } from "../support/contract.ts";

export interface Row {
  readonly name: string;
  readonly change: (document: Draft) => void;
  /** `impact rule subject [operation, …]`, in any order. */
  readonly findings: readonly string[];
}

const row = (name: string, change: (document: Draft) => void, ...findings: string[]): Row => ({
  name,
  change,
  findings,
});

/** Operations by what they return. */
const all = "listThings, createThing, getThing, deleteThing, health, lab";
const validated = "createThing, getThing, deleteThing, lab";
const secured = "listThings, createThing, getThing, deleteThing, lab";
const idOnly = "getThing, deleteThing";
const conflicting = "createThing, deleteThing";

const codes: Row[] = [
  row(
    "a new code",
    (d) => {
      addCode(d, "full");
    },
    "safe code-added full [createThing]",
  ),
  row(
    "a new code in two operations",
    (d) => {
      addCode(d, "full", ["createThing", "deleteThing"]);
    },
    `safe code-added full [${conflicting}]`,
  ),
  row(
    "a new code of a stage",
    (d) => {
      addCode(d, "busy", [], { "raised-by": "unhandled", status: 503 });
    },
    `safe code-added busy [${all}]`,
  ),
  row(
    "two new codes",
    (d) => {
      addCode(d, "full");
      addCode(d, "empty");
    },
    "safe code-added full [createThing]",
    "safe code-added empty [createThing]",
  ),
  row(
    "a new code of a new operation",
    (d) => {
      at(d, "paths")["/new"] = {
        get: { operationId: "fresh", responses: { "200": { description: "x" } }, "x-errors": ["full"] },
      };
      addCode(d, "full", []);
    },
    "safe code-added full [fresh]",
    "safe operation-added GET /new [fresh]",
  ),
  row(
    "a deleted code",
    (d) => {
      removeCode(d, "conflict");
    },
    `breaking tombstone-missing conflict [${conflicting}]`,
  ),
  row(
    "a deleted code of a stage",
    (d) => {
      removeCode(d, "rate_limited");
    },
    `breaking tombstone-missing rate_limited [${all}]`,
  ),
  row(
    "a deleted beta code",
    (d) => {
      removeCode(d, "in_beta");
    },
    "risky tombstone-missing in_beta [createThing]",
  ),
  row(
    "a deleted experimental code",
    (d) => {
      removeCode(d, "trial");
    },
    "safe tombstone-missing trial [createThing]",
  ),
  row(
    "two deleted codes",
    (d) => {
      removeCode(d, "conflict");
      removeCode(d, "not_found");
    },
    `breaking tombstone-missing conflict [${conflicting}]`,
    `breaking tombstone-missing not_found [${idOnly}]`,
  ),
  row(
    "a retired code that was never deprecated",
    (d) => {
      retire(d, "conflict");
    },
    `breaking code-retired conflict [${conflicting}]`,
  ),
  row(
    "a retired code with a live successor",
    (d) => {
      retire(d, "conflict", { replacedBy: "expired" });
    },
    `breaking code-retired conflict [${conflicting}]`,
  ),
  row(
    "a code retired after its sunset",
    (d) => {
      retire(d, "legacy");
    },
    "risky code-retired-after-sunset legacy [deleteThing]",
  ),
  row(
    "a retired beta code",
    (d) => {
      retire(d, "in_beta");
    },
    "risky code-retired in_beta [createThing]",
  ),
  row(
    "a retired experimental code",
    (d) => {
      retire(d, "trial");
    },
    "safe code-retired trial [createThing]",
  ),
  row(
    "a retired code is live again",
    (d) => {
      set(d, "code:gone", undefined);
      addCode(d, "gone", ["createThing"], { status: 410 });
    },
    "breaking code-reused gone [createThing]",
  ),
  row(
    "a tombstone is gone",
    (d) => {
      set(d, "code:gone", undefined);
    },
    "risky tombstone-removed gone []",
  ),
  row(
    "a tombstone names another successor",
    (d) => {
      set(d, "code:gone/replacedBy", "conflict");
    },
    "risky replacement-changed gone []",
  ),
  row(
    "a tombstone loses its successor",
    (d) => {
      set(d, "code:gone/replacedBy", undefined);
    },
    "risky replacement-changed gone []",
  ),
  row(
    "a rename that the tombstone declares",
    (d) => {
      addCode(d, "clash", ["createThing", "deleteThing"]);
      retire(d, "conflict", { replacedBy: "clash" });
    },
    `breaking code-renamed conflict [${conflicting}]`,
  ),
  row(
    "a rename that the tombstone declares, with another status",
    (d) => {
      addCode(d, "clash", ["createThing", "deleteThing"], { status: 422 });
      retire(d, "conflict", { replacedBy: "clash" });
    },
    `breaking code-renamed conflict [${conflicting}]`,
  ),
  row(
    "a rename without a tombstone",
    (d) => {
      const entry = { ...at(d, "code:conflict") };
      removeCode(d, "conflict");
      addCode(d, "clash", ["createThing", "deleteThing"], entry);
    },
    `breaking code-renamed conflict [${conflicting}]`,
  ),
  row(
    "a rename that keeps a word and the operations",
    (d) => {
      removeCode(d, "conflict");
      addCode(d, "edit_conflict", ["createThing", "deleteThing"], { meaning: "Quite another text." });
    },
    `breaking code-renamed conflict [${conflicting}]`,
  ),
  row(
    "no rename where the status differs",
    (d) => {
      removeCode(d, "conflict");
      addCode(d, "conflict_now", ["createThing", "deleteThing"], { status: 412 });
    },
    `breaking tombstone-missing conflict [${conflicting}]`,
    `safe code-added conflict_now [${conflicting}]`,
  ),
  row(
    "no rename where nothing is alike",
    (d) => {
      removeCode(d, "conflict");
      addCode(d, "sold_out", ["getThing"], { meaning: "There is nothing left.", title: "Sold out" });
    },
    `breaking tombstone-missing conflict [${conflicting}]`,
    "safe code-added sold_out [getThing]",
  ),
  row(
    "no rename where the tombstone names another code",
    (d) => {
      addCode(d, "clash", ["createThing", "deleteThing"]);
      retire(d, "conflict", { replacedBy: "expired" });
    },
    `breaking code-retired conflict [${conflicting}]`,
    `safe code-added clash [${conflicting}]`,
  ),
];

const statuses: Row[] = [
  ...(
    [
      ["conflict", 412, conflicting],
      ["not_found", 410, idOnly],
      ["rate_limited", 503, all],
      ["bad_request", 422, validated],
      ["unauthorized", 403, secured],
      ["expired", 404, "createThing"],
      ["internal", 503, all],
    ] as const
  ).map(([code, status, operations]) =>
    row(
      `${code} moves to ${String(status)}`,
      (d) => {
        set(d, `code:${code}/status`, status);
      },
      `breaking status-changed ${code} [${operations}]`,
    ),
  ),
  row(
    "a beta code moves",
    (d) => {
      set(d, "code:in_beta/status", 412);
    },
    "risky status-changed in_beta [createThing]",
  ),
  row(
    "an experimental code moves",
    (d) => {
      set(d, "code:trial/status", 400);
    },
    "safe status-changed trial [createThing]",
  ),
];

const answers: Row[] = [
  row(
    "an operation no longer answers a code",
    (d) => {
      list(d, "op:deleteThing/x-errors").shift();
    },
    "risky code-no-longer-returned conflict [deleteThing]",
  ),
  row(
    "an operation returns one more code",
    (d) => {
      set(d, "op:getThing/x-errors", ["conflict"]);
    },
    "safe code-newly-returned conflict [getThing]",
  ),
  row(
    "two operations return one more code",
    (d) => {
      set(d, "op:getThing/x-errors", ["expired"]);
      set(d, "op:health/x-errors", ["expired"]);
    },
    "safe code-newly-returned expired [getThing, health]",
  ),
  row(
    "a code moves to another operation",
    (d) => {
      set(d, "op:deleteThing/x-errors", ["conflict"]);
      set(d, "op:getThing/x-errors", ["legacy"]);
    },
    "risky code-no-longer-returned legacy [deleteThing]",
    "safe code-newly-returned legacy [getThing]",
  ),
  row(
    "a stage less",
    (d) => {
      set(d, "code:not_found/raised-by", "handler");
      list(d, "op:deleteThing/x-errors").push("not_found");
    },
    "risky code-no-longer-returned not_found [getThing]",
  ),
  row(
    "a stage more",
    (d) => {
      set(d, "code:not_found/raised-by", ["resource-lookup", "request-validation"]);
    },
    "safe code-newly-returned not_found [createThing, lab]",
  ),
  row(
    "a parameter brings its code",
    (d) => {
      set(d, "op:listThings/parameters", [{ name: "q", in: "query", schema: { type: "string" } }]);
    },
    "safe code-newly-returned bad_request [listThings]",
    "safe parameter-added query q [listThings]",
  ),
  row(
    "an operation moves to another path",
    (d) => {
      const paths = at(d, "paths");
      paths["/healthz"] = paths["/health"];
      Reflect.deleteProperty(paths, "/health");
    },
    "breaking operation-moved GET /health [health]",
  ),
  row(
    "an operation is gone, its codes are not",
    (d) => {
      Reflect.deleteProperty(at(d, "paths"), "/lab");
    },
    "risky operation-removed POST /lab [lab]",
  ),
  row("a path parameter is renamed", (d) => {
    const paths = at(d, "paths");
    const item = paths["/things/{id}"];
    // A copy under another name; what is put in is JSON.
    paths["/things/{thing}"] = JSON.parse(JSON.stringify(item).replaceAll('"id"', '"thing"')) as unknown;
    Reflect.deleteProperty(paths, "/things/{id}");
  }),
];

const policies = ["never", "same-request", "after-delay", "new-key"] as const;
const retries: Row[] = policies.flatMap((from) =>
  policies
    .filter((to) => to !== from)
    .map((to): Row => {
      const rule =
        to === "never"
          ? "breaking retry-forbidden"
          : from === "never"
            ? "risky retry-allowed"
            : "breaking retry-changed";
      return {
        name: `retry from ${from} to ${to}`,
        change: (d) => {
          set(d, "code:expired/retry", to);
        },
        findings: [`${rule} expired [createThing]`],
      };
    }),
);

/** Rows of `retries` start from another policy than the contract's. */
export const retryStart = new Map(retries.map(({ name }) => [name, name.split(" ")[2] ?? "never"]));

const field = (name: string, change: (properties: Draft, schema: Draft) => void, ...rules: string[]): Row =>
  row(
    `details: ${name}`,
    (d) => {
      change(at(d, "schema:ExpiredDetails/properties"), at(d, "schema:ExpiredDetails"));
    },
    ...rules.map((rule) => `${rule} expired [createThing]`),
  );
const require = (schema: Draft, names: string[]): void => {
  schema["required"] = names;
};

const details: Row[] = [
  field(
    "a field is gone",
    (p, s) => {
      Reflect.deleteProperty(p, "reason");
      require(s, ["count", "owner"]);
    },
    "breaking details-field-removed",
  ),
  field(
    "an optional field is gone",
    (p) => {
      Reflect.deleteProperty(p, "at");
    },
    "breaking details-field-removed",
  ),
  field(
    "two fields are gone",
    (p) => {
      Reflect.deleteProperty(p, "at");
      Reflect.deleteProperty(p, "tags");
    },
    "breaking details-field-removed",
  ),
  field(
    "a new optional field",
    (p) => {
      p["more"] = { type: "string" };
    },
    "safe details-field-added",
  ),
  field(
    "a new required field",
    (p, s) => {
      p["more"] = { type: "string" };
      require(s, ["reason", "count", "owner", "more"]);
    },
    "safe details-field-added",
  ),
  field(
    "a field becomes optional",
    (_p, s) => {
      require(s, ["count", "owner"]);
    },
    "breaking details-field-optional",
  ),
  field(
    "a field becomes required",
    (_p, s) => {
      require(s, ["reason", "count", "owner", "at"]);
    },
    "safe details-field-required",
  ),
  field(
    "a field is renamed",
    (p) => {
      p["labels"] = p["tags"];
      Reflect.deleteProperty(p, "tags");
    },
    "breaking details-field-removed",
    "safe details-field-added",
  ),
  field(
    "another type",
    (p) => {
      p["reason"] = { type: "integer" };
    },
    "breaking details-type-changed",
  ),
  field(
    "a number instead of text",
    (p) => {
      p["at"] = { type: "number" };
    },
    "breaking details-type-changed",
  ),
  field(
    "an object instead of a list",
    (p) => {
      p["tags"] = { type: "object" };
    },
    "breaking details-type-changed",
  ),
  field(
    "text instead of an object",
    (p) => {
      p["owner"] = { type: "string" };
    },
    "breaking details-type-changed",
  ),
  field(
    "a value more in an enum",
    (p) => {
      p["reason"] = { type: "string", enum: ["lapsed", "used", "stolen"] };
    },
    "breaking details-widened",
  ),
  field(
    "a value less in an enum",
    (p) => {
      p["reason"] = { type: "string", enum: ["lapsed"] };
    },
    "safe details-narrowed",
  ),
  field(
    "another value in an enum",
    (p) => {
      p["reason"] = { type: "string", enum: ["lapsed", "stolen"] };
    },
    "breaking details-widened",
  ),
  field(
    "the enum is dropped",
    (p) => {
      p["reason"] = { type: "string" };
    },
    "breaking details-widened",
  ),
  field(
    "an enum is introduced",
    (p) => {
      p["at"] = { type: "string", format: "date-time", enum: ["2026-01-01T00:00:00Z"] };
    },
    "safe details-narrowed",
  ),
  field(
    "a smaller minimum",
    (p) => {
      p["count"] = { type: "integer", minimum: 0, maximum: 10 };
    },
    "breaking details-widened",
  ),
  field(
    "a larger minimum",
    (p) => {
      p["count"] = { type: "integer", minimum: 2, maximum: 10 };
    },
    "safe details-narrowed",
  ),
  field(
    "a larger maximum",
    (p) => {
      p["count"] = { type: "integer", minimum: 1, maximum: 11 };
    },
    "breaking details-widened",
  ),
  field(
    "a smaller maximum",
    (p) => {
      p["count"] = { type: "integer", minimum: 1, maximum: 9 };
    },
    "safe details-narrowed",
  ),
  field(
    "no bounds any more",
    (p) => {
      p["count"] = { type: "integer" };
    },
    "breaking details-widened",
  ),
  field(
    "fractions",
    (p) => {
      p["count"] = { type: "number", minimum: 1, maximum: 10 };
    },
    "breaking details-widened",
  ),
  field(
    "even numbers only",
    (p) => {
      p["count"] = { type: "integer", minimum: 1, maximum: 10, multipleOf: 2 };
    },
    "safe details-narrowed",
  ),
  field(
    "an exclusive minimum",
    (p) => {
      p["count"] = { type: "integer", exclusiveMinimum: 1, maximum: 10 };
    },
    "safe details-narrowed",
  ),
  field(
    "a shifted range",
    (p) => {
      p["count"] = { type: "integer", minimum: 5, maximum: 15 };
    },
    "breaking details-widened",
  ),
  field(
    "longer text",
    (p) => {
      p["note"] = { type: ["string", "null"], maxLength: 40 };
    },
    "breaking details-widened",
  ),
  field(
    "shorter text",
    (p) => {
      p["note"] = { type: ["string", "null"], maxLength: 10 };
    },
    "safe details-narrowed",
  ),
  field(
    "null no longer",
    (p) => {
      p["note"] = { type: "string", maxLength: 20 };
    },
    "safe details-narrowed",
  ),
  field(
    "null from now on",
    (p) => {
      p["at"] = { type: ["string", "null"], format: "date-time" };
    },
    "breaking details-widened",
  ),
  field(
    "no format any more",
    (p) => {
      p["at"] = { type: "string" };
    },
    "breaking details-widened",
  ),
  field(
    "a format from now on",
    (p) => {
      p["note"] = { type: ["string", "null"], maxLength: 20, format: "email" };
    },
    "safe details-narrowed",
  ),
  field(
    "a longer list",
    (p) => {
      p["tags"] = { type: "array", items: { type: "string" }, maxItems: 5 };
    },
    "breaking details-widened",
  ),
  field(
    "a shorter list",
    (p) => {
      p["tags"] = { type: "array", items: { type: "string" }, maxItems: 2 };
    },
    "safe details-narrowed",
  ),
  field(
    "a list that is never empty",
    (p) => {
      p["tags"] = { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 };
    },
    "safe details-narrowed",
  ),
  field(
    "a list without repetitions",
    (p) => {
      p["tags"] = { type: "array", items: { type: "string" }, maxItems: 3, uniqueItems: true };
    },
    "safe details-narrowed",
  ),
  field(
    "a list of numbers",
    (p) => {
      p["tags"] = { type: "array", items: { type: "integer" }, maxItems: 3 };
    },
    "breaking details-type-changed",
  ),
  field(
    "a list of anything",
    (p) => {
      p["tags"] = { type: "array", maxItems: 3 };
    },
    "breaking details-widened",
  ),
  field(
    "a field of an inner object is gone",
    (p) => {
      p["owner"] = { type: "object", properties: {}, additionalProperties: false };
    },
    "breaking details-field-removed",
  ),
  field(
    "a field of an inner object is optional",
    (p) => {
      at(p, "owner")["required"] = [];
    },
    "breaking details-field-optional",
  ),
  field(
    "a new field of an inner object",
    (p) => {
      at(p, "owner/properties")["mail"] = { type: "string" };
    },
    "safe details-field-added",
  ),
  field(
    "inner text may be empty",
    (p) => {
      at(p, "owner/properties")["name"] = { type: "string" };
    },
    "breaking details-widened",
  ),
  field(
    "any field more",
    (_p, s) => {
      s["additionalProperties"] = true;
    },
    "breaking details-widened",
  ),
  field(
    "a pattern that was not there",
    (p) => {
      p["note"] = { type: ["string", "null"], maxLength: 20, pattern: "^a" };
    },
    "safe details-narrowed",
  ),
  field(
    "a union with another type",
    (p) => {
      p["count"] = { anyOf: [{ type: "integer", minimum: 1, maximum: 10 }, { type: "string" }] };
    },
    "breaking details-widened",
  ),
  row(
    "details of a shared schema change",
    (d) => {
      set(d, "schema:Issue/properties/line", { type: "integer" });
    },
    `safe details-field-added bad_request [${validated}]`,
  ),
  row(
    "details of items lose a field",
    (d) => {
      set(d, "schema:Issue/properties/rule", undefined);
      set(d, "schema:Issue/required", ["pointer"]);
    },
    `breaking details-field-removed bad_request [${validated}]`,
  ),
  row(
    "details of an experimental code change",
    (d) => {
      set(d, "schema:TrialDetails/properties/days", { type: "string" });
    },
    "safe details-type-changed trial [createThing]",
  ),
  row(
    "a code gets details",
    (d) => {
      set(d, "code:conflict/details", { $ref: "#/components/schemas/ScopeDetails" });
    },
    `safe details-added conflict [${conflicting}]`,
  ),
  row(
    "a code loses its details",
    (d) => {
      set(d, "code:expired/details", undefined);
    },
    "breaking details-removed expired [createThing]",
  ),
  row(
    "a code takes another schema",
    (d) => {
      set(d, "code:trial/details", { $ref: "#/components/schemas/ScopeDetails" });
    },
    "safe details-field-removed trial [createThing]",
    "safe details-field-added trial [createThing]",
  ),
];

const envelopeRow = (
  name: string,
  change: (schema: Draft, document: Draft) => void,
  ...findings: string[]
): Row =>
  row(
    `envelope: ${name}`,
    (d) => {
      change(at(d, "schema:ErrorEnvelope"), d);
    },
    ...findings,
  );

const envelope: Row[] = [
  envelopeRow(
    "a new member",
    (s) => {
      at(s, "properties")["trace"] = { type: "string" };
    },
    "safe envelope-member-added envelope []",
  ),
  envelopeRow(
    "the message is optional",
    (s) => {
      s["required"] = ["error"];
    },
    "breaking envelope-member-removed envelope []",
  ),
  envelopeRow(
    "the message is a list",
    (s) => {
      at(s, "properties")["message"] = { type: "array" };
    },
    "breaking envelope-member-changed envelope []",
  ),
  envelopeRow(
    "the message may be null",
    (s) => {
      at(s, "properties")["message"] = { type: ["string", "null"] };
    },
    "breaking envelope-member-changed envelope []",
  ),
  envelopeRow(
    "the message is short",
    (s) => {
      at(s, "properties")["message"] = { type: "string", maxLength: 100 };
    },
    "safe envelope-member-narrowed envelope []",
  ),
  envelopeRow(
    "open to anything",
    (s) => {
      s["additionalProperties"] = true;
    },
    "breaking envelope-member-changed envelope []",
  ),
  envelopeRow(
    "problem+json",
    (_s, d) => {
      d["x-error-envelope"] = {
        schema: "ErrorEnvelope",
        code: "/error",
        message: "/message",
        details: "/details",
        mediaType: "application/problem+json",
      };
    },
    "breaking envelope-media-type-changed envelope []",
  ),
  envelopeRow(
    "the code has another name",
    (s, d) => {
      const properties = at(s, "properties");
      properties["code"] = properties["error"];
      Reflect.deleteProperty(properties, "error");
      s["required"] = ["code", "message"];
      d["x-error-envelope"] = {
        schema: "ErrorEnvelope",
        code: "/code",
        message: "/message",
        details: "/details",
      };
    },
    "breaking envelope-moved envelope []",
  ),
  envelopeRow(
    "the message has another name",
    (s, d) => {
      const properties = at(s, "properties");
      properties["text"] = properties["message"];
      Reflect.deleteProperty(properties, "message");
      s["required"] = ["error", "text"];
      d["x-error-envelope"] = {
        schema: "ErrorEnvelope",
        code: "/error",
        message: "/text",
        details: "/details",
      };
    },
    "breaking envelope-moved envelope []",
  ),
];

const wording: Row[] = [
  ...["conflict", "not_found", "internal", "expired"].map((code) => {
    const operations =
      { conflict: conflicting, not_found: idOnly, internal: all, expired: "createThing" }[code] ?? "";
    return row(
      `${code} means something else`,
      (d) => {
        set(d, `code:${code}/meaning`, "Something else entirely.");
      },
      `risky meaning-rewritten ${code} [${operations}]`,
    );
  }),
  row(
    "a meaning is denied",
    (d) => {
      set(d, "code:conflict/meaning", "It does not mean 409 and nothing else.");
    },
    `risky meaning-rewritten conflict [${conflicting}]`,
  ),
  row(
    "the advice changes",
    (d) => {
      set(d, "code:conflict/remediation", "Give up.");
    },
    `safe remediation-rewritten conflict [${conflicting}]`,
  ),
  row(
    "meaning and advice change",
    (d) => {
      set(d, "code:conflict/meaning", "New.");
      set(d, "code:conflict/remediation", "New.");
    },
    `risky meaning-rewritten conflict [${conflicting}]`,
    `safe remediation-rewritten conflict [${conflicting}]`,
  ),
  row(
    "somebody else fixes it",
    (d) => {
      set(d, "code:conflict/fixed-by", "provider");
    },
    `safe fixed-by-changed conflict [${conflicting}]`,
  ),
  row(
    "the caller fixes it from now on",
    (d) => {
      set(d, "code:insufficient_scope/fixed-by", undefined);
    },
    `safe fixed-by-changed insufficient_scope [${secured}]`,
  ),
  row(
    "a beta code means something else",
    (d) => {
      set(d, "code:in_beta/meaning", "New.");
    },
    "risky meaning-rewritten in_beta [createThing]",
  ),
  row(
    "an experimental code means something else",
    (d) => {
      set(d, "code:trial/meaning", "New.");
    },
    "safe meaning-rewritten trial [createThing]",
  ),
];

const lifecycle: Row[] = [
  row(
    "deprecated with a successor",
    (d) => {
      Object.assign(at(d, "code:conflict"), { deprecated: "1.2.0", replacedBy: "expired" });
    },
    `safe code-deprecated conflict [${conflicting}]`,
  ),
  row(
    "deprecated with successor and sunset",
    (d) => {
      Object.assign(at(d, "code:conflict"), {
        deprecated: "1.2.0",
        replacedBy: "expired",
        sunset: "2030-01-01",
      });
    },
    `safe code-deprecated conflict [${conflicting}]`,
  ),
  row(
    "deprecated without a successor",
    (d) => {
      set(d, "code:conflict/deprecated", "1.2.0");
    },
    `risky deprecated-without-replacement conflict [${conflicting}]`,
  ),
  row(
    "no longer deprecated",
    (d) => {
      for (const name of ["deprecated", "sunset", "replacedBy"]) set(d, `code:legacy/${name}`, undefined);
    },
    "safe deprecation-withdrawn legacy [deleteThing]",
  ),
  row(
    "an earlier sunset",
    (d) => {
      set(d, "code:legacy/sunset", "2026-03-01");
    },
    "risky sunset-shortened legacy [deleteThing]",
  ),
  row(
    "another successor",
    (d) => {
      set(d, "code:legacy/replacedBy", "conflict");
    },
    "risky replacement-changed legacy []",
  ),
  row(
    "the successor is forgotten",
    (d) => {
      set(d, "code:legacy/replacedBy", undefined);
    },
    "risky replacement-changed legacy []",
  ),
  row(
    "a code becomes beta",
    (d) => {
      set(d, "code:conflict/x-stability", "beta");
    },
    `risky stability-lowered conflict [${conflicting}]`,
  ),
  row(
    "a code becomes experimental",
    (d) => {
      set(d, "code:conflict/x-stability", "experimental");
    },
    `risky stability-lowered conflict [${conflicting}]`,
  ),
  row(
    "a beta code becomes stable",
    (d) => {
      set(d, "code:in_beta/x-stability", undefined);
    },
    "safe stability-raised in_beta [createThing]",
  ),
  row(
    "an experimental code becomes beta",
    (d) => {
      set(d, "code:trial/x-stability", "beta");
    },
    "safe stability-raised trial [createThing]",
  ),
  row(
    "an operation becomes beta",
    (d) => {
      set(d, "op:getThing/x-stability", "beta");
    },
    "risky stability-lowered beta [getThing]",
  ),
  row(
    "two operations become beta",
    (d) => {
      set(d, "op:getThing/x-stability", "beta");
      set(d, "op:health/x-stability", "beta");
    },
    "risky stability-lowered beta [getThing, health]",
  ),
  row(
    "a beta operation becomes stable",
    (d) => {
      set(d, "op:lab/x-stability", undefined);
    },
    "safe stability-raised stable [lab]",
  ),
];

const securityRow = (name: string, security: unknown, ...findings: string[]): Row =>
  row(
    `security: ${name}`,
    (d) => {
      set(d, "op:getThing/security", security);
    },
    ...findings,
  );

const security: Row[] = [
  securityRow(
    "another scope more",
    [{ key: ["things:read", "things:write"] }],
    "breaking scope-required things:write [getThing]",
  ),
  securityRow(
    "another scope instead",
    [{ key: ["things:write"] }],
    "breaking scope-required things:write [getThing]",
    "safe scope-dropped things:read [getThing]",
  ),
  securityRow(
    "no scope any more",
    [{ key: [] }],
    "safe scope-dropped things:read [getThing]",
    "risky code-no-longer-returned insufficient_scope [getThing]",
  ),
  securityRow(
    "nothing any more",
    [],
    "safe security-dropped key [getThing]",
    "risky code-no-longer-returned insufficient_scope [getThing]",
    "risky code-no-longer-returned unauthorized [getThing]",
  ),
  securityRow(
    "an alternative with fewer scopes",
    [{ key: ["things:read"] }, { key: [] }],
    "safe scope-dropped things:read [getThing]",
  ),
  row(
    "security: one scope more everywhere",
    (d) => {
      d["security"] = [{ key: ["things:read", "things:write"] }];
    },
    "breaking scope-required things:write [listThings, getThing, lab]",
  ),
  row(
    "security: needed where it was not",
    (d) => {
      set(d, "op:health/security", [{ key: [] }]);
    },
    "breaking security-required key [health]",
    "safe code-newly-returned unauthorized [health]",
  ),
  row(
    "security: a second key as well",
    (d) => {
      at(d, "components/securitySchemes")["user"] = { type: "http", scheme: "bearer" };
      set(d, "op:getThing/security", [{ key: ["things:read"], user: [] }]);
    },
    "breaking security-required user [getThing]",
  ),
  row(
    "security: another key instead",
    (d) => {
      at(d, "components/securitySchemes")["user"] = { type: "http", scheme: "bearer" };
      set(d, "op:createThing/security", [{ user: [] }]);
    },
    "breaking security-required user [createThing]",
    "safe security-dropped key [createThing]",
    "risky code-no-longer-returned insufficient_scope [createThing]",
  ),
  row(
    "security: a beta operation needs a scope more",
    (d) => {
      set(d, "op:lab/security", [{ key: ["things:read", "things:write"] }]);
    },
    "risky scope-required things:write [lab]",
  ),
];

const success: Row[] = [
  row(
    "another success status",
    (d) => {
      const responses = at(d, "op:getThing/responses");
      responses["203"] = responses["200"];
      Reflect.deleteProperty(responses, "200");
    },
    "breaking success-status-removed 200 [getThing]",
    "risky success-status-added 203 [getThing]",
  ),
  row(
    "one success status more",
    (d) => {
      at(d, "op:createThing/responses")["202"] = { description: "Later" };
    },
    "risky success-status-added 202 [createThing]",
  ),
  row(
    "one success status more in two operations",
    (d) => {
      at(d, "op:createThing/responses")["202"] = { description: "Later" };
      at(d, "op:deleteThing/responses")["202"] = { description: "Later" };
    },
    `risky success-status-added 202 [${conflicting}]`,
  ),
  row(
    "a beta operation returns otherwise",
    (d) => {
      const responses = at(d, "op:lab/responses");
      responses["200"] = responses["202"];
      Reflect.deleteProperty(responses, "202");
    },
    "risky success-status-removed 202 [lab]",
    "risky success-status-added 200 [lab]",
  ),
  row(
    "a redirect more",
    (d) => {
      at(d, "op:getThing/responses")["304"] = { description: "Same" };
    },
    "risky success-status-added 304 [getThing]",
  ),
  row(
    "the key is dropped",
    (d) => {
      set(d, "op:createThing/x-idempotency-key", undefined);
    },
    "breaking idempotency-dropped Idempotency-Key [createThing]",
  ),
  row(
    "the key is demanded",
    (d) => {
      set(d, "op:createThing/x-idempotency-key", "required");
    },
    "breaking idempotency-required Idempotency-Key [createThing]",
  ),
  row(
    "the key is demanded from nowhere",
    (d) => {
      set(d, "op:deleteThing/x-idempotency-key", "required");
    },
    "breaking idempotency-required Idempotency-Key [deleteThing]",
  ),
  row(
    "the key is accepted",
    (d) => {
      set(d, "op:deleteThing/x-idempotency-key", "accepted");
    },
    "safe idempotency-accepted Idempotency-Key [deleteThing]",
  ),
  row(
    "the key is no longer demanded",
    (d) => {
      set(d, "op:lab/x-idempotency-key", "accepted");
    },
    "safe idempotency-accepted Idempotency-Key [lab]",
  ),
  row(
    "a beta operation drops the key",
    (d) => {
      set(d, "op:lab/x-idempotency-key", undefined);
    },
    "risky idempotency-dropped Idempotency-Key [lab]",
  ),
];

const header = (name: string, schema: unknown, required = false): Draft => ({
  "x-error-envelope": {
    schema: "ErrorEnvelope",
    code: "/error",
    message: "/message",
    details: "/details",
    headers: { [name]: { required, schema } },
  },
});

const patterns: readonly (readonly [name: string, before: string, after: object, finding: string])[] = [
  ["fewer digits", "^[A-Z]{2}-\\d{4}$", { pattern: "^[A-Z]{2}-\\d+$" }, "breaking details-widened"],
  [
    "a group that repeats",
    "^[a-z0-9]+$",
    { pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
    "breaking details-widened",
  ],
  ["more letters", "^[a-m]{3}$", { pattern: "^[a-z]{3}$" }, "breaking details-widened"],
  ["one alternative more", "^(?:usd|eur)$", { pattern: "^(?:usd|eur|chf)$" }, "breaking details-widened"],
  ["shorter text", "^[A-Z]+$", { pattern: "^[A-Z]+$", maxLength: 5 }, "safe details-narrowed"],
  [
    "another one beside it",
    "^[A-Z]{3}-\\d+$",
    { pattern: "^[A-Z]{3}-\\d+$", allOf: [{ pattern: "-\\d{3}$" }] },
    "safe details-narrowed",
  ],
];

/** Pairs whose base is not the plain contract. */
const message = (pattern: string) => (d: Draft) => {
  at(d, "schema:ErrorEnvelope/properties")["message"] = { type: "string", pattern };
};

export const twoSided: readonly {
  readonly name: string;
  readonly base: (d: Draft) => void;
  readonly revision: (d: Draft) => void;
  readonly findings: readonly string[];
}[] = [
  {
    name: "a header of every error goes",
    base: (d) => Object.assign(d, header("x-request-id", { type: "string" }, true)),
    revision: () => undefined,
    findings: [`breaking header-dropped x-request-id [${all}]`],
  },
  {
    name: "a header of every error comes",
    base: () => undefined,
    revision: (d) => Object.assign(d, header("x-request-id", { type: "string" })),
    findings: [`safe header-added x-request-id [${all}]`],
  },
  ...patterns.map(([name, before, after, finding]) => {
    const note = (schema: object) => (d: Draft) => {
      at(d, "schema:ExpiredDetails/properties")["note"] = { type: "string", ...schema };
    };
    return {
      name: `a pattern: ${name}`,
      base: note({ pattern: before }),
      revision: note(after),
      findings: [`${finding} expired [createThing]`],
    };
  }),
  {
    name: "the pattern of the message has fewer letters",
    base: message("^[A-Z][a-z .]*$"),
    revision: message("^[A-Z][a-y .]*$"),
    findings: ["risky envelope-changed envelope []"],
  },
  {
    name: "a header becomes optional",
    base: (d) => Object.assign(d, header("x-request-id", { type: "string" }, true)),
    revision: (d) => Object.assign(d, header("x-request-id", { type: "string" })),
    findings: [`breaking header-optional x-request-id [${all}]`],
  },
  {
    name: "a header holds other values",
    base: (d) => Object.assign(d, header("x-request-id", { type: "integer" })),
    revision: (d) => Object.assign(d, header("x-request-id", { type: "string" })),
    findings: [`breaking header-changed x-request-id [${all}]`],
  },
  {
    name: "a header holds fewer values",
    base: (d) => Object.assign(d, header("x-request-id", { type: "string" })),
    revision: (d) => Object.assign(d, header("x-request-id", { type: "string", maxLength: 9 })),
    findings: [],
  },
  {
    name: "the case of a header's name",
    base: (d) => Object.assign(d, header("X-Request-Id", { type: "string" })),
    revision: (d) => Object.assign(d, header("x-request-id", { type: "string" })),
    findings: [],
  },
  {
    name: "rate limits are no longer told",
    base: () => undefined,
    revision: (d) => {
      set(d, "code:rate_limited/raised-by", "unhandled");
    },
    findings: [
      `breaking header-dropped RateLimit [${all}]`,
      `breaking header-dropped RateLimit-Policy [${all}]`,
    ],
  },
  {
    name: "a second code of the status keeps no Retry-After",
    base: () => undefined,
    revision: (d) => {
      addCode(d, "slow", ["getThing"], { status: 429 });
    },
    findings: ["safe code-added slow [getThing]", "breaking header-dropped Retry-After [getThing]"],
  },
  {
    name: "retired before its sunset",
    base: (d) => {
      set(d, "code:legacy/sunset", "2031-01-01");
    },
    revision: (d) => {
      set(d, "code:legacy/sunset", "2031-01-01");
      retire(d, "legacy");
    },
    findings: ["breaking code-retired legacy [deleteThing]"],
  },
  {
    name: "retired on the day of its sunset",
    base: (d) => {
      set(d, "code:legacy/sunset", "2026-12-01");
    },
    revision: (d) => {
      set(d, "code:legacy/sunset", "2026-12-01");
      retire(d, "legacy");
    },
    findings: ["risky code-retired-after-sunset legacy [deleteThing]"],
  },
  {
    name: "retired without a sunset",
    base: (d) => {
      set(d, "code:legacy/sunset", undefined);
    },
    revision: (d) => {
      set(d, "code:legacy/sunset", undefined);
      retire(d, "legacy");
    },
    findings: ["breaking code-retired legacy [deleteThing]"],
  },
  {
    name: "a sunset for the first time",
    base: (d) => {
      set(d, "code:legacy/sunset", undefined);
    },
    revision: () => undefined,
    findings: [],
  },
  {
    name: "a later sunset",
    base: () => undefined,
    revision: (d) => {
      set(d, "code:legacy/sunset", "2027-01-01");
    },
    findings: [],
  },
];

export const rows: readonly Row[] = [
  ...codes,
  ...statuses,
  ...answers,
  ...retries,
  ...details,
  ...envelope,
  ...wording,
  ...lifecycle,
  ...security,
  ...success,
];
