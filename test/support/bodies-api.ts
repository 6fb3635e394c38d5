/** Handlers for the golden document with bodies of every kind. */
import { MemoryIdempotencyStore } from "lockstep-openapi-runtime/stores/memory";
import type { Api } from "lockstep-openapi-runtime/server";
import { createApi, type ApiOptions, type Handlers } from "../golden/server-bodies/expected/server.ts";

export interface Caller {
  readonly name: string;
  readonly sessions: number;
}

const encoder = new TextEncoder();

/** What happened inside, for tests to look at. */
export interface Witness {
  aborted: boolean;
  cancelled: boolean;
  pings: number;
}

export function bodiesApi(
  witness: Witness = { aborted: false, cancelled: false, pings: 0 },
  options: Partial<ApiOptions<Caller>> = {},
): Api {
  return createApi<Caller>({ ...hostOptions(witness), ...options });
}

export function bodiesHandlers(
  witness: Witness = { aborted: false, cancelled: false, pings: 0 },
): Handlers<Caller> {
  return {
    files: {
      putFile: async ({ path, mediaType, body }) => {
        const length =
          mediaType === "application/octet-stream" ? await lengthOf(body) : JSON.stringify(body).length;
        return { status: 201, body: { length }, headers: { location: `/files/${path.name}.${path.type}` } };
      },
      getFile: ({ path }) => {
        if (path.name === "moved") {
          return { status: 302, headers: { location: "/elsewhere", "set-cookie": ["a=1", "b=2"] } };
        }
        if (path.name === "same") return { status: 304 };
        return path.type === "txt"
          ? {
              status: 200,
              mediaType: "text/plain",
              body: `text of ${path.name}`,
              headers: { "x-initial": path.name.slice(0, 1) },
            }
          : { status: 200, mediaType: "application/octet-stream", body: Uint8Array.of(0, 255, 128) };
      },
      streamEvents: ({ signal, request }) => {
        signal.addEventListener("abort", () => {
          witness.aborted = true;
        });
        if (request.target.endsWith("?broken")) return { status: 200, body: brokenEvents() };
        const endless = request.target.endsWith("?endless");
        return { status: 200, body: events(endless ? Number.MAX_SAFE_INTEGER : 3, witness) };
      },
      sendForm: async ({ body, mediaType }) => {
        if (mediaType !== "multipart/form-data") return { status: 200, body: { mediaType, ...body } };
        const file = typeof body.file === "object" ? await body.file.text() : body.file;
        return { status: 200, body: { mediaType, count: body.count, file } };
      },
    },
    sessions: {
      getSession: ({ principal }) => ({ status: 200, body: { name: principal?.name ?? null } }),
      openSession: () => ({ status: 204 }),
    },
    pings: {
      ping: ({ fail, request }) => {
        witness.pings++;
        if (request.header("x-busy") !== undefined) return fail("busy", undefined, { retryAfter: 7 });
        return { status: 203, body: { pings: witness.pings } };
      },
    },
  };
}

function hostOptions(witness: Witness): ApiOptions<Caller> {
  return {
    handlers: bodiesHandlers(witness),
    authenticate: {
      bearer: (token) => (token === "good" ? { principal: { name: "bearer", sessions: 0 } } : undefined),
      basic: ({ username, password }) =>
        password === "pä:ss" ? { principal: { name: username, sessions: 0 } } : undefined,
      cookie: (sid) => ({ principal: { name: "cookie", sessions: Number(sid) } }),
      oauth: (token) =>
        token.startsWith("oauth ")
          ? { principal: { name: "oauth", sessions: 0 }, scopes: token.split(" ").slice(1) }
          : undefined,
    },
    requirements: {
      too_many_sessions: ({ principal }) => (principal.sessions < 3 ? true : { limit: 3 }),
    },
    tenant: ({ name }) => name,
    caller: () => "",
    idempotency: { store: new MemoryIdempotencyStore() },
  };
}

async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of stream) length += chunk.length;
  return length;
}

async function* events(count: number, witness: Witness): AsyncGenerator<string | Uint8Array> {
  try {
    for (let index = 0; index < count; index++) {
      const event = `data: ${String(index)}\n\n`;
      yield index % 2 === 0 ? event : encoder.encode(event);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    witness.cancelled = true;
  }
}

async function* brokenEvents(): AsyncGenerator<string> {
  yield "data: 0\n\n";
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw new Error("The source is gone.");
}
