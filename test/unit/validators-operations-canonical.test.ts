/** The validators of the canonical API: strictly typed, and their issues are what the API's own error details allow. */
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { emitTypes } from "../../generator/emit/types/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import { load } from "../../generator/load/load.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";
import { typeErrors } from "../support/type-check.ts";
import { TemporaryFolder } from "./temporary-folder.ts";
import { emitDocument, headers, type Emitted } from "./validators-operations-emitted.ts";

const root = join(import.meta.dirname, "../..");
const folder = new TemporaryFolder();
let model: ApiModel;
let emitted: Emitted;

beforeAll(async () => {
  const { document } = await load(join(root, "openapi/openapi.yaml"), {
    cwd: root,
    allowRemote: false,
    allowFolders: [],
  });
  if (document === undefined) throw new Error("The canonical document cannot be read.");
  ({ model } = buildModel(expand(document.root).document));
  emitted = await emitDocument(model.document);
});

describe("issues", () => {
  /** What `details` of `bad_request` may be, by the generated validator itself. */
  const conforms = (issues: readonly unknown[]): void => {
    // The emitter promises this name and type for every named schema.
    const collect = emitted.schemas["collectBadRequestDetails"] as (value: unknown) => unknown[];
    expect(collect({ issues })).toEqual([]);
  };

  it("are details of bad_request, whatever was wrong", () => {
    const value = fc.oneof(fc.string(), fc.constantFrom("%", "", "x".repeat(2000), "\\u0000", "a&b=%ff"));
    let count = 0;
    fc.assert(
      fc.property(value, value, fc.json(), (id, query, body) => {
        for (const { identifier } of model.operations) {
          const request = emitted.request(identifier);
          const raw = {
            path: { id, runId: id },
            query: `pageSize=${query}&status=${query}`,
            header: headers({ "idempotency-key": id.repeat(10) }),
          };
          const { issues: inParameters = [] } = request.parameters(raw, { unknownQuery: "reject" });
          const { issues: inBody = [] } = request.body.read("application/json", body);
          for (const issues of [inParameters, inBody]) if (issues.length > 0) conforms(issues);
          count += inParameters.length + inBody.length;
        }
      }),
      { numRuns: 50 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it("do not repeat what was sent", () => {
    const secret = "hunter2";
    const { issues } = emitted.request("getTemplate").parameters({ path: { id: secret } });
    const body = emitted
      .request("sendPreparedBroadcast")
      .body.read("application/json", `{"preparedSendId":"${secret}"}`);
    expect(JSON.stringify([issues, body.issues])).not.toContain(secret);
    expect(issues).toHaveLength(1);
    expect(body.issues).toHaveLength(1);
  });
});

describe("types", () => {
  it("are those of types.ts, and compile under every strict flag", async () => {
    const types = await emitTypes(model, { importExtension: ".js" });
    for (const { path, content } of [...emitted.files, ...types.files]) folder.write(path, content);
    folder.write("package.json", '{"type":"module"}');
    folder.write("usage.ts", usage);
    expect(
      typeErrors([folder.path], { lib: ["lib.es2022.d.ts"], noUnusedLocals: true, noUnusedParameters: true }),
    ).toEqual([]);
  });
});

const usage = `
import type { components, operations } from "./types.js";
import { getTemplateRequest, getTemplateResponses, listTemplatesRequest, sendPreparedBroadcastRequest } from "./validators/operations.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(equal: Equal<A, B>): boolean { return equal; }
type Schemas = components["schemas"];

const listed = listTemplatesRequest.parameters({ query: "pageSize=5" });
if (listed.issues) {
  // @ts-expect-error: there is no value beside issues
  listed.value.query;
} else {
  const { query } = listed.value;
  same<typeof query, NonNullable<operations["listTemplates"]["parameters"]["query"]>>(true);
  // @ts-expect-error: the operation has no path parameters
  listed.value.path;
}
const { value, issues } = getTemplateRequest.parameters({});
if (issues) same<(typeof issues)[number]["in"], Schemas["RequestIssue"]["in"]>(true);
else same<typeof value.path.id, string>(true);
const details: Schemas["BadRequestDetails"] = { issues: [...(issues ?? [])] };
same<typeof details.issues, Schemas["RequestIssue"][]>(true);
const one = getTemplateRequest.parameters({ path: { id: "x" } });
if (!one.issues) same<typeof one.value.path.id, string>(true);

const body: unknown = JSON.parse("{}");
const media = sendPreparedBroadcastRequest.body.match("application/json");
if (media?.is(body)) same<typeof body, Schemas["SendPreparedBroadcastRequest"]>(true);
const read = sendPreparedBroadcastRequest.body.read("application/json", "{}");
if (!read.issues) same<typeof read.value, Schemas["SendPreparedBroadcastRequest"] | undefined>(true);

const answer: unknown = body;
if (getTemplateResponses.match(200)?.match("application/json")?.is(answer)) same<typeof answer, Schemas["Template"]>(true);
const fault: unknown = body;
if (getTemplateResponses.match(404)?.match("application/json")?.is(fault)) same<typeof fault, Schemas["NotFoundError"]>(true);
`;
