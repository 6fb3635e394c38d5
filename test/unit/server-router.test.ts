/** Routing: fixed before templated, templates inside segments, hostile paths. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Router } from "../../runtime/server/routing/router.ts";
import { splitTarget } from "../../runtime/server/routing/target.ts";

function router(...routes: readonly string[]): (request: string) => unknown {
  const made = new Router<string>();
  for (const route of routes) {
    const [method = "", path = ""] = route.split(" ");
    made.add(method, path, route);
  }
  return (request) => {
    const [method = "", path = ""] = request.split(" ");
    const found = made.find(method, path);
    return found.target === undefined ? [...found.allow].sort() : [found.target, { ...found.parameters }];
  };
}

test("fixed segments win over templates, and templates take over where the method is missing", () => {
  const find = router("GET /a/{id}", "POST /a/b", "GET /a/{id}/c", "GET /{x}/b/c");
  expect(find("GET /a/x")).toEqual(["GET /a/{id}", { id: "x" }]);
  expect(find("POST /a/b")).toEqual(["POST /a/b", {}]);
  expect(find("GET /a/b")).toEqual(["GET /a/{id}", { id: "b" }]);
  expect(find("GET /a/b/c")).toEqual(["GET /a/{id}/c", { id: "b" }]);
  expect(find("GET /z/b/c")).toEqual(["GET /{x}/b/c", { x: "z" }]);
  expect(find("PUT /a/b")).toEqual(["GET", "HEAD", "POST"]);
  expect(find("HEAD /a/x")).toEqual(["GET /a/{id}", { id: "x" }]);
});

test("below a base path, a target is found with a query and without, and nothing beside the base path is", () => {
  const made = new Router<string>("/v1");
  for (const path of ["/a", "/a/{id}"]) made.add("GET", path, path);
  made.add("GET", "/b?c", "a template with a question mark");
  const found = (method: string, target: string): unknown => {
    const { target: path, ...rest } = made.find(method, target);
    return path === undefined ? rest : { path, ...rest };
  };
  expect(found("GET", "/v1/a")).toEqual({ path: "/a", parameters: {}, query: "" });
  expect(found("HEAD", "/v1/a")).toEqual({ path: "/a", parameters: {}, query: "" });
  expect(found("GET", "/v1/a?b=/v1/a?c")).toEqual({ path: "/a", parameters: {}, query: "b=/v1/a?c" });
  expect(found("GET", "http://h:1/v1/a?")).toEqual({ path: "/a", parameters: {}, query: "" });
  expect(found("GET", "/v1/a/x?y")).toEqual({ path: "/a/{id}", parameters: { id: "x" }, query: "y" });
  expect(found("DELETE", "/v1/a")).toEqual({ allow: ["GET", "HEAD"] });
  expect(found("DELETE", "/v1/a?b")).toEqual({ allow: ["GET", "HEAD"] });
  for (const target of ["/a", "/v1", "/v10/a", "/v1a", "/v1/a/", "/V1/a", "/v1/b?c", "*"]) {
    expect(found("GET", target)).toEqual({ allow: [] });
  }
});

test("templates inside a segment, the one with more text first", () => {
  const find = router("GET /f/{name}.{type}", "GET /f/{name}.json", "GET /f/v{n}", "GET /f/{any}");
  expect(find("GET /f/a.b.txt")).toEqual(["GET /f/{name}.{type}", { name: "a", type: "b.txt" }]);
  expect(find("GET /f/a.json")).toEqual(["GET /f/{name}.json", { name: "a" }]);
  expect(find("GET /f/v1")).toEqual(["GET /f/v{n}", { n: "1" }]);
  expect(find("GET /f/v")).toEqual(["GET /f/{any}", { any: "v" }]);
  expect(find("GET /f/.x")).toEqual(["GET /f/{any}", { any: ".x" }]);
});

test("empty segments, trailing slashes and names of prototypes are nothing special", () => {
  const find = router("GET /a/{__proto__}/b", "GET /constructor");
  expect(find("GET /a//b")).toEqual([]);
  expect(find("GET /constructor/")).toEqual([]);
  expect(find("__proto__ /constructor")).toEqual(["GET", "HEAD"]);
  expect(find("GET /toString")).toEqual([]);
  const made = new Router<string>();
  made.add("GET", "/{__proto__}", "x");
  expect(Object.entries(made.find("GET", "/1")).at(1)?.[1]).toHaveProperty("__proto__", "1");
});

test("percent-encoded letters of fixed segments are the letters, values stay encoded", () => {
  const find = router("GET /ab/{id}");
  expect(find("GET /%61b/%2F")).toEqual(["GET /ab/{id}", { id: "%2F" }]);
  expect(find("GET /a%2/x")).toEqual([]);
});

test("a path made from a template is found, with the values it was made from", () => {
  const value = fc.stringMatching(/^[a-z0-9%._~-]{1,8}$/);
  const find = router("GET /x/{a}/y/{b}", "GET /x/{a}/z", "GET /{c}");
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(find(`GET /x/${a}/y/${b}`)).toEqual(["GET /x/{a}/y/{b}", { a, b }]);
    }),
  );
});

test("targets: query, base path, absolute form", () => {
  expect(splitTarget("/v1/a?b=/c?d", "/v1")).toEqual({ path: "/a", query: "b=/c?d" });
  expect(splitTarget("/v1", "/v1")).toEqual({ path: "", query: "" });
  expect(splitTarget("/v10/a", "/v1").path).toBeUndefined();
  expect(splitTarget("http://h:1/v1/a?b", "/v1")).toEqual({ path: "/a", query: "b" });
  expect(splitTarget("*", "").path).toBe("");
});

test("values of a branch that failed do not stay", () => {
  const find = router("GET /{a}/x/{b}", "GET /{a}-{b}/{c}/end", "GET /{p}/{q}/z");
  expect(find("GET /1-2/3/end")).toEqual(["GET /{a}-{b}/{c}/end", { a: "1", b: "2", c: "3" }]);
  expect(find("GET /1-2/3/z")).toEqual(["GET /{p}/{q}/z", { p: "1-2", q: "3" }]);
  expect(find("GET /1-2/x/z")).toEqual(["GET /{a}/x/{b}", { a: "1-2", b: "z" }]);
});
