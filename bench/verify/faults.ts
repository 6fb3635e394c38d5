/** Forty single faults of the example's contract, known while the probes are built. */
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

const template = "GET /templates/{}";

/** Bodies and statuses that are not the declared ones. */
const responses: Faults = {
  "another code for 401": onCode("unauthorized", (response) =>
    withMembers(response, { error: "not_authenticated" }),
  ),
  "401 as 403": onCode("unauthorized", (response) => ({ ...response, status: 403 })),
  "400 as 422": onCode("bad_request", (response) => ({ ...response, status: 422 })),
  "404 as 410": onCode("not_found", (response) => ({ ...response, status: 410 })),
  "404 as 200": onRoute(
    template,
    onCode("not_found", (response) => ({ ...response, status: 200 })),
  ),
  "missing scopes list all scopes": onCode("insufficient_scope", (response) =>
    withMembers(response, { details: { required: ["broadcasts:send", "assets:write", "templates:read"] } }),
  ),
  "missing scopes without details": onCode("insufficient_scope", (response) =>
    withMembers(response, { details: undefined }),
  ),
  "missing scopes under another name": onCode("insufficient_scope", (response) =>
    withMembers(response, { details: { scopes: ["templates:read"] } }),
  ),
  "nested envelope": onResponse((response) => {
    const { error, message } = jsonOf(response.body);
    return response.status < 400 ? response : withMembers(response, { error: { code: error, message } });
  }),
  "envelope without message": onResponse((response) =>
    response.status < 400 ? response : withMembers(response, { message: undefined }),
  ),
  "HTML for 404": onCode("not_found", (response) => ({
    ...html(404, "Not found"),
    headers: response.headers,
  })),
  "errors as text": onResponse((response) =>
    response.status < 400 ? response : withHeader(response, "content-type", "text/plain"),
  ),
  "empty errors": onResponse((response) =>
    response.status < 400 ? response : { ...withHeader(response, "content-type", undefined), body: "" },
  ),
  "stack trace in a message": onCode("bad_request", (response) =>
    withMembers(response, {
      message: "TypeError: x is undefined\n    at handle (/srv/app/dist/server.js:10:5)",
    }),
  ),
  "SQL in a message": onCode("not_found", (response) =>
    withMembers(response, { message: "No row for SELECT * FROM templates WHERE id = $1" }),
  ),
  "errors without request id": onResponse((response) =>
    response.status < 400 ? response : withHeader(response, "x-request-id", undefined),
  ),
  "success without a required member": onRoute(
    template,
    onResponse((response) => withMembers(response, { isComplete: undefined })),
  ),
  "success with a wrong type": onRoute(
    template,
    onResponse((response) =>
      withMembers(response, response.status < 300 ? { createdAt: 1_790_000_000 } : {}),
    ),
  ),
  "success with a value outside of its enum": onRoute(
    template,
    onResponse((response) => withMembers(response, response.status < 300 ? { status: "ACTIVE" } : {})),
  ),
  "202 as 200": onRoute("POST /broadcasts", (request, { next }) =>
    next(request).then((response) => (response.status === 202 ? { ...response, status: 200 } : response)),
  ),
};

/** Stages that are missing, or in another order. */
const stages: Faults = {
  "no authentication": onRoute(template, (request, { next, mine }) => next(withKey(request, keyOf(mine)))),
  "revoked keys are taken": async (request, { next, mine }) => {
    const response = await next(request);
    const shown = request.headers["x-api-key"] ?? "";
    return codeOf(response) === "unauthorized" && shown.startsWith("sfk_")
      ? next(withKey(request, keyOf(mine)))
      : response;
  },
  "no scope check": onRoute("GET /brand-kits/{}", async (request, { next, mine }) => {
    const response = await next(request);
    return codeOf(response) === "insufficient_scope" ? next(withKey(request, keyOf(mine))) : response;
  }),
  "validation before authentication": async (request, { next, mine }) => {
    if (request.headers["x-api-key"] !== undefined) return next(request);
    const open = await next(withKey(request, keyOf(mine)));
    return open.status === 400 ? open : next(request);
  },
  "look-up before authorization": async (request, { next, mine }) => {
    const response = await next(request);
    if (codeOf(response) !== "insufficient_scope") return response;
    const open = await next(withKey(request, keyOf(mine)));
    return codeOf(open) === "not_found" ? open : response;
  },
  "403 for a missing key": async (request, { next }) =>
    request.headers["x-api-key"] === undefined
      ? json(403, { error: "insufficient_scope", message: "No.", details: { required: ["templates:read"] } })
      : next(request),
  "the flag of senders is ignored": async (request, { next, mine }) => {
    const response = await next(request);
    return codeOf(response) === "send_not_allowed" ? next(withKey(request, keyOf(mine))) : response;
  },
  "403 for a foreign id": (request, { next, theirs }) =>
    request.path.includes(theirs.templateId)
      ? Promise.resolve(json(403, { error: "send_not_allowed", message: "No." }))
      : next(request),
  "another message for a foreign id": async (request, { next, theirs }) => {
    const response = await next(request);
    const foreign = [theirs.templateId, theirs.brandKitId, theirs.broadcastId].some((id) =>
      request.path.includes(id),
    );
    return foreign && codeOf(response) === "not_found"
      ? withMembers(response, { message: "This belongs to somebody else." })
      : response;
  },
  "a foreign id is shown": onRoute("GET /brand-kits/{}", (request, { next, mine, theirs }) =>
    request.path.includes(theirs.brandKitId)
      ? next({ ...request, path: request.path.replace(theirs.brandKitId, mine.brandKitId) })
      : next(request),
  ),
};

/** Requests that get something else than the declared refusal. */
const requests: Faults = {
  "any path is a page": async (request, { next }) => {
    const response = await next(request);
    const known = /^\/(?:broadcasts|journeys|templates|segments|assets|brand-kits)/.test(request.path);
    return known ? response : html(200, "The app");
  },
  "page size without bounds": onRoute("GET /templates", async (request, { next }) => {
    const response = await next(request);
    return response.status === 400 ? next({ ...request, path: "/templates" }) : response;
  }),
  "a bad id is a 500": onResponse((response, { path }) =>
    response.status === 400 && /"in":"path"/.test(response.body)
      ? json(500, { error: "internal_error", message: `Oops at ${path.length}.` })
      : response,
  ),
  "a bad id is a 404": onResponse((response) =>
    response.status === 400 && /"in":"path"/.test(response.body)
      ? json(404, { error: "not_found", message: "There is no such resource." })
      : response,
  ),
  "unknown members are taken": async (request, { next }) => {
    const response = await next(request);
    return /additionalProperties/.test(response.body) && response.status === 400
      ? json(404, { error: "not_found", message: "There is no such resource." })
      : response;
  },
  "bad JSON is a 500": async (request, { next }) => {
    const response = await next(request);
    return /"rule":"json"/.test(response.body) ? html(500, "Unexpected token") : response;
  },
  "issues point elsewhere": onCode("bad_request", (response) => ({
    ...response,
    body: response.body.replace(/"pointer":"[^"]*"/g, '"pointer":"/somewhere"'),
  })),
  "a key is used twice": async (request, { next }) => {
    const response = await next(request);
    const { "idempotency-key": _, ...headers } = request.headers;
    return codeOf(response) === "idempotency_key_reuse" ? next({ ...request, headers }) : response;
  },
  "a replay runs again": async (request, { next }) => {
    const { "idempotency-key": _, ...headers } = request.headers;
    return next({ ...request, headers });
  },
  "a final broadcast is cancelled": onCode("terminal_state", () =>
    json(200, { id: "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1", status: "Archived" }),
  ),
};

export const knownFaults: Faults = { ...responses, ...stages, ...requests };
