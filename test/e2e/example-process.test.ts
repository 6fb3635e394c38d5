/** `npm run example` as scripts use it: one line of JSON, a service behind it, an end when asked. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { startExampleProcess } from "../support/example-process.ts";
import { send } from "../support/example-service.ts";

const root = path.join(import.meta.dirname, "../..");

test("says where it is and whose keys work there, and ends gracefully", async () => {
  const { url, organizations, stop } = await startExampleProcess({});
  expect(organizations).toHaveLength(2);
  for (const { id, keys, templateId } of organizations) {
    const [full, silent, reader] = keys;
    expect([
      full?.allowSends,
      silent?.allowSends,
      reader?.scopes.every((scope) => scope.endsWith(":read")),
    ]).toEqual([true, false, true]);
    const answer = await send(url, reader?.key, { method: "GET", path: `/templates/${templateId}` });
    expect(answer).toMatchObject({ status: 200, body: { organizationId: id } });
  }
  expect(await stop()).toBe(0);
});

test.each([
  [{ PORT: "http" }, 'PORT must be a whole number from 0, not "http".'],
  [{ DATABASE_URL: "postgres://localhost:1/none" }, "ECONNREFUSED"],
])("says in a line why it cannot start: %j", (environment, reason) => {
  const options = ["--conditions=lockstep-source", "--import", "tsx", "example/main.ts"];
  const env = { ...process.env, ...environment };
  const { status, stderr, stdout } = spawnSync(process.execPath, options, {
    cwd: root,
    env,
    encoding: "utf8",
  });
  expect({ status, stderr: stderr.trim().split("\n"), stdout }).toEqual({
    status: 1,
    stderr: [expect.stringContaining(reason)],
    stdout: "",
  });
});
