/** Names of requests: fresh ones are random UUIDs, whichever of their batch they are. */
import { expect, test } from "vitest";
import { RequestIds } from "../../runtime/server/observation/request-id.ts";

test("each fresh id is a UUID of its own, version 4, beyond the end of a batch as well", () => {
  const { fresh } = new RequestIds();
  const ids = Array.from({ length: 1100 }, fresh);
  const form = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  expect(ids.filter((id) => !form.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  // The last twelve are nothing but random: every digit turns up in 13,200 of them.
  const free = ids.map((id) => id.slice(-12)).join("");
  expect(new Set(free.match(/./g)).size).toBe(16);
});

test("two servers do not give the same ids", () => {
  const ids = [new RequestIds(), new RequestIds()].flatMap(({ fresh }) => Array.from({ length: 70 }, fresh));
  expect(new Set(ids).size).toBe(140);
});
