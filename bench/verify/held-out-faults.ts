/** Twenty single faults more, written before the probes and not looked at until they are done. */
import {
  codeOf,
  html,
  json,
  jsonOf,
  keyOf,
  onCode,
  onResponse,
  onRoute,
  withHeader,
  withKey,
  withMembers,
  type Faults,
} from "./fault.ts";

export const heldOutFaults: Faults = {
  "validation_failed for bad_request": onCode("bad_request", (response) =>
    withMembers(response, { error: "validation_failed" }),
  ),
  "403 as 401": onCode("insufficient_scope", (response) => ({ ...response, status: 401 })),
  "a member more in the envelope": onResponse((response) =>
    response.status < 400 ? response : withMembers(response, { trace: "abc" }),
  ),
  "problem+json": onResponse((response) =>
    response.status < 400 ? response : withHeader(response, "content-type", "application/problem+json"),
  ),
  "a path in a message": onCode("unauthorized", (response) =>
    withMembers(response, { message: "No key in /home/deploy/app/keys.json" }),
  ),
  "a list as a bare array": onRoute(
    "GET /segments",
    onResponse((response) => ({
      ...response,
      body: response.status === 200 ? JSON.stringify(Object.values(jsonOf(response.body))[0]) : response.body,
    })),
  ),
  "dates that are none": onRoute(
    "GET /brand-kits/{}",
    onResponse((response) => ({
      ...response,
      body: response.body.replace(/"(\d{4})-(\d\d)-(\d\d)T[^"]*"/g, '"$3.$2.$1"'),
    })),
  ),
  "204 as 200": onRoute(
    "DELETE /assets/{}",
    onResponse((response) => (response.status === 204 ? json(200, { deleted: true }) : response)),
  ),
  "no scope check of a writing operation": onRoute(
    "POST /segments/{}/preview",
    async (request, { next, mine }) => {
      const response = await next(request);
      return codeOf(response) === "insufficient_scope" ? next(withKey(request, keyOf(mine))) : response;
    },
  ),
  "look-up before validation": onRoute("POST /assets/{}/finalize", async (request, { next }) => {
    const response = await next(request);
    return codeOf(response) === "bad_request" && /"in":"body"/.test(response.body)
      ? next({ ...request, body: "{}" })
      : response;
  }),
  "another header for a foreign id": async (request, { next, theirs }) => {
    const response = await next(request);
    return request.path.includes(theirs.templateId) ? withHeader(response, "x-owner", "other") : response;
  },
  "a foreign id is a conflict": onRoute("POST /broadcasts/{}/cancel", (request, { next, theirs }) =>
    request.path.includes(theirs.broadcastId)
      ? Promise.resolve(json(409, { error: "terminal_state", message: "Sent.", details: { status: "Sent" } }))
      : next(request),
  ),
  "deleting nothing succeeds": onRoute(
    "DELETE /assets/{}",
    onCode("not_found", () => ({ status: 204, headers: { "x-request-id": "seeded" }, body: "" })),
  ),
  "unknown paths get HTML": async (request, { next }) => {
    const response = await next(request);
    const known = /^\/(?:broadcasts|journeys|templates|segments|assets|brand-kits)/.test(request.path);
    return known ? response : html(404, "Cannot GET");
  },
  "an undeclared method is a 500": async (request, { next }) => {
    const response = await next(request);
    return ["PUT", "PATCH"].includes(request.method)
      ? json(500, { error: "internal_error", message: "Something went wrong on our side." })
      : response;
  },
  "an unknown filter is ignored": onRoute("GET /templates", async (request, { next }) => {
    const response = await next(request);
    return response.status === 400 && /status|purpose/.test(response.body)
      ? next({ ...request, path: "/templates" })
      : response;
  }),
  "a missing member is a 500": async (request, { next }) => {
    const response = await next(request);
    return response.status === 400 && /"rule":"required"/.test(response.body)
      ? json(500, { error: "internal_error", message: "Something went wrong on our side." })
      : response;
  },
  "any media type is taken": async (request, { next }) => {
    const response = await next(request);
    return /"rule":"mediaType"/.test(response.body)
      ? next({ ...request, headers: { ...request.headers, "content-type": "application/json" } })
      : response;
  },
  "idempotency keys are shared by organizations": async (request, { next, memory }) => {
    const key = request.headers["idempotency-key"];
    const known = key === undefined ? undefined : memory.get(key);
    if (known !== undefined) return known;
    const response = await next(request);
    if (key !== undefined && response.status < 300) memory.set(key, response);
    return response;
  },
  "what is not there yet is accepted": onCode("not_implemented", () =>
    json(202, { broadcastId: "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1", status: "NotStarted" }),
  ),
};
