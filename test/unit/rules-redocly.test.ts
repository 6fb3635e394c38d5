/** The plugin inside the real Redocly CLI says what `load` says, at the same places, for a document of two files. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { load } from "../../generator/load/load.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();
const require = createRequire(import.meta.url);
const plugin = fileURLToPath(new URL("../../generator/redocly-plugin/plugin.ts", import.meta.url));
const redocly = join(dirname(require.resolve("@redocly/cli/package.json")), "bin/cli.js");

const document = `openapi: 3.1.1
info: {title: T, version: 1.0.0}
servers: [{url: https://api.example.org}]
security: [{apiKey: ["things:reed"]}]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      x-errors: [not_foud, not_found, not_found, old_code]
      x-idempotency-key: acepted
      responses:
        "200": {description: ok}
        "409": {description: Conflict.}
        "404":
          description: None.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Other"}
              example: {error: rate_limited, message: m}
components:
  securitySchemes:
    apiKey: {type: apiKey, in: header, name: x-api-key, x-scopes: {"things:read": Read.}}
  schemas:
    Other: {type: object, properties: {code: {type: string}}}
    ErrorEnvelope:
      type: object
      required: [error, message]
      properties: {error: {$ref: "errors.yaml#/ErrorCode"}, message: {type: string}, details: {type: object}}
    ErrorCode: {$ref: "errors.yaml#/ErrorCode"}
`;
const catalogue = `ErrorCode:
  type: string
  enum: [not_found, rate_limited, old_code, typo]
  x-error-codes:
    not_found: {status: 404, title: T, meaning: M, remediation: R, message: M, retry: never, raised-by: resource-lookup, details: {$ref: "#/Details"}}
    rate_limited: {status: 429, title: T, meaning: M, remediation: R, message: M, retry: after-delai, raised-by: rate-limit}
    lonely: {status: 409, title: T, meaning: M, remediation: R, message: M, retry: never, raised-by: handler, statuss: 1}
    old_code: {title: T, retired: 2.0.0, replacedBy: nope}
Details: {type: object, properties: {a: {type: string}}}
`;

/** What `redocly lint --format json` prints, as far as it is looked at here. */
interface RedoclyReport {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly pointer: string }[];
  }[];
}

function runRedocly(): Promise<RedoclyReport> {
  const args = [
    "--import",
    require.resolve("tsx"),
    redocly,
    "lint",
    "api.yaml",
    "--config",
    "redocly.yaml",
    "--format",
    "json",
  ];
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    // The command fails because there are problems; what it prints is the result.
    execFile(process.execPath, args, { cwd: folder.path, env, maxBuffer: 1 << 24 }, (_failed, stdout) => {
      resolve(JSON.parse(stdout) as RedoclyReport); // The shape that Redocly documents for `--format json`.
    });
  });
}

it("agrees with load", async () => {
  folder.write("api.yaml", document);
  folder.write("errors.yaml", catalogue);
  folder.write("redocly.yaml", `plugins: [${JSON.stringify(plugin)}]\nextends: [lockstep/recommended]\n`);
  const [{ diagnostics }, report] = await Promise.all([
    load("api.yaml", { cwd: folder.path, allowRemote: false }),
    runRedocly(),
  ]);
  const loaded = diagnostics.map(({ code, severity, location }) => {
    return `${severity} ${code} ${location?.file ?? ""}#${location?.pointer ?? ""}`;
  });
  const linted = report.problems.map(({ ruleId, severity, location }) => {
    const severityName = severity === "warn" ? "warning" : severity;
    return `${severityName} ${ruleId} ${location[0]?.source.ref ?? ""}${location[0]?.pointer ?? ""}`;
  });
  expect(linted.sort()).toEqual(loaded.sort());
  expect(new Set(loaded.map((line) => line.split(" ")[1])).size).toBeGreaterThan(10);
});
