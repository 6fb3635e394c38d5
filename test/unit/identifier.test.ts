/** Names of a document as TypeScript identifiers. */
import { expect, it } from "vitest";
import { camelCase, pascalCase, uniqueNames } from "../../generator/json/identifier.ts";

it.each([
  ["send-prepared_broadcast", "sendPreparedBroadcast", "SendPreparedBroadcast"],
  ["repos/get-content", "reposGetContent", "ReposGetContent"],
  ["HTTPStatus", "httpStatus", "HTTPStatus"],
  ["io.k8s.api.v1", "ioK8sApiV1", "IoK8sApiV1"],
  ["2fa", "_2fa", "_2fa"],
  ["", "_", "_"],
  ["***", "_", "_"],
  ["größe", "größe", "Größe"],
  ["a\u200bb", "aB", "AB"],
])("%j", (name, camel, pascal) => {
  expect(camelCase(name)).toBe(camel);
  expect(pascalCase(name)).toBe(pascal);
});

it("numbers names that differ in case only", () => {
  const unique = uniqueNames(["taken"]);
  expect(["Blob", "blob", "BLOB", "Taken", "blob2"].map(unique)).toEqual([
    "Blob",
    "blob2",
    "BLOB3",
    "Taken2",
    "blob22",
  ]);
});
