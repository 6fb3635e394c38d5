/** Where operations live that have a server of their own, on path item or operation. */
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { createServer } from "lockstep-openapi-runtime/server";
import { describe, expect, it } from "vitest";
import { createApi } from "../../generated/server.ts";
import { basePath, prefixOf } from "../../generator/emit/server/base-path.ts";
import { expand } from "../../generator/expand/expand.ts";
import { buildModel } from "../../generator/model/build.ts";
import { canonicalOptions } from "../support/canonical-api.ts";

const responses = { "200": { description: "ok" } };

function placesOf(root: string, onPath: string, onOperation: string): readonly string[] {
  const { model } = buildModel(
    expand({
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      servers: [{ url: root }],
      paths: {
        "/plain": { get: { operationId: "plain", responses } },
        "/files": { servers: [{ url: onPath }], get: { operationId: "files", responses } },
        "/events": {
          get: {
            operationId: "events",
            servers: [{ url: onOperation, variables: { version: { default: "v2" } } }],
            responses,
          },
        },
      },
    }).document,
  );
  const base = basePath(model);
  return [base, ...model.operations.map((operation) => prefixOf(model, operation, base))];
}

describe("servers of operations", () => {
  it.each([
    ["https://h/api/v1", "https://files.h/api/v1", "https://h/api/v1", ["/api/v1", "", "", ""]],
    [
      "https://h/api/v1",
      "https://files.h/api/uploads",
      "https://h/api/{version}/",
      ["/api", "/v1", "/uploads", "/v2"],
    ],
    ["https://h", "/uploads", "/", ["", "", "/uploads", ""]],
    ["/api", "/apix", "/api", ["", "/api", "/apix", "/api"]],
  ])("below %s, %s and %s", (root, onPath, onOperation, places) => {
    expect(placesOf(root, onPath, onOperation)).toEqual(places);
  });

  it("are where their operations are served", async () => {
    const { contract } = createApi(canonicalOptions());
    const operations = contract.operations.map((operation) => ({
      ...operation,
      ...(operation.id === "getTemplate" ? { prefix: "/elsewhere" } : {}),
    }));
    const options: object = canonicalOptions();
    const handler = fetchHandler(createServer({ ...contract, operations }, options as never)); // typed by createApi
    const status = async (path: string): Promise<number> =>
      (await handler(new Request(`http://h/api/v1/public${path}`))).status;
    expect(await status("/elsewhere/templates/x")).toBe(401);
    expect(await status("/templates/x")).toBe(404);
    expect(await status("/templates")).toBe(401);
  });
});
