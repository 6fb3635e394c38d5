/** Names that stay when something is inserted into the document. */
import { expect, test } from "vitest";
import { distinctNames, type NameRequest } from "../../generator/json/distinct-names.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { nameOperations } from "../../generator/model/operation-names.ts";

const requests: readonly NameRequest[] = [
  { name: "Blob", origin: "blob" },
  { name: "Blob", origin: "Blob" },
  { name: "BLOB", origin: "b.lob" },
  { name: "Then", origin: "then" },
  { name: "Other", origin: "other" },
];

test("depend on their own origin, not on the order", () => {
  const byOrigin = (list: readonly NameRequest[]): Record<string, string> => {
    const names = distinctNames(list, ["then"]);
    return Object.fromEntries(list.map(({ origin }, index) => [origin, names[index] ?? ""]));
  };
  const names = byOrigin(requests);
  expect(names).toMatchObject({ Blob: "Blob", then: "Then2", other: "Other" });
  expect(names["blob"]).toMatch(/^Blob_[0-9a-f]{4}$/);
  expect(new Set(Object.values(names).map((name) => name.toLowerCase())).size).toBe(requests.length);
  expect(byOrigin([...requests].reverse())).toEqual(names);
  expect(byOrigin([{ name: "Blob", origin: "b-lob" }, ...requests])).toMatchObject(names);
});

function names(...operations: readonly JsonObject[]): string[] {
  const paths = Object.fromEntries(
    operations.map(({ path, ...operation }, index) => [
      typeof path === "string" ? path : `/things${String(index)}`,
      { delete: { responses: {}, ...operation } },
    ]),
  );
  const { model } = buildModel({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths });
  return [...nameOperations(model).values()].map(({ group, name }) => `${group}.${name}`);
}

test("of operations keep a tag's words where the rest names another resource", () => {
  const tags = ["Comments"];
  expect(
    names(
      { operationId: "deleteArticleComment", tags, path: "/articles/{slug}/comments/{id}" },
      { operationId: "deleteOldComment", tags },
      { operationId: "listArticles", tags: ["Articles"] },
    ),
  ).toEqual(["comments.deleteArticleComment", "comments.deleteOld", "articles.list"]);
});

test("of operations are those that their author chose", () => {
  const tags = ["Items"];
  const chosen = { operationId: "items/by-id/delete", "x-lockstep-name": "dropItem", tags };
  expect(
    names({ operationId: "dropitem", tags }, chosen, { operationId: "x", "x-lockstep-name": "no!" }),
  ).toEqual([expect.stringMatching(/^items\.dropitem_[0-9a-f]{4}$/), "items.dropItem", "things2.x"]);
});
