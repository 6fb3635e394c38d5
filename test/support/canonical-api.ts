/** The canonical API with handlers that fail, but for those that a test gives. */
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { MemoryIdempotencyStore } from "lockstep-openapi-runtime/stores/memory";
import { createApi, type ApiOptions, type Handlers } from "../../generated/server.ts";

export interface Caller {
  readonly organization: string;
  readonly sends: boolean;
  readonly user: string;
}

type Partials = { readonly [Group in keyof Handlers<Caller>]?: Partial<Handlers<Caller>[Group]> };

const unused = (): never => {
  throw new Error("SELECT secret FROM /srv/app/handlers.ts");
};

/** Keys are `<organization>`, `<organization>:nosend`, `<organization>:noscope` or `<organization>:user…`. */
export function canonicalOptions(given: Partials = {}): ApiOptions<Caller> {
  const broadcasts = {
    createBroadcast: unused,
    prepareBroadcast: unused,
    sendPreparedBroadcast: unused,
    getBroadcast: unused,
    cancelBroadcast: unused,
  };
  return {
    handlers: {
      broadcasts: { ...broadcasts, ...given.broadcasts },
      journeys: { triggerJourney: unused, getJourneyRun: unused, ...given.journeys },
      templates: { listTemplates: unused, getTemplate: unused, ...given.templates },
      segments: { listSegments: unused, previewSegment: unused, ...given.segments },
      assets: { presignAsset: unused, finalizeAsset: unused, deleteAsset: unused, ...given.assets },
      brandKits: { listBrandKits: unused, getBrandKit: unused, ...given.brandKits },
    },
    authenticate: {
      apiKey: (key) => {
        const [organization = "", mark] = key.split(":");
        if (!organization.startsWith("org")) return undefined;
        return {
          principal: {
            organization,
            sends: mark !== "nosend",
            user: mark?.startsWith("user") === true ? mark : "",
          },
          scopes: mark === "noscope" ? [] : everyScope,
        };
      },
    },
    requirements: { send_not_allowed: ({ principal }) => principal.sends },
    tenant: ({ organization }) => organization,
    caller: ({ user }) => user,
    idempotency: { store: new MemoryIdempotencyStore() },
    hooks: { onError: () => undefined, onViolation: () => undefined },
  };
}

const everyScope = [
  ...["create", "prepare", "send", "read", "cancel"].map((scope) => `broadcasts:${scope}`),
  ...[
    "journeys:trigger",
    "journeys:read",
    "templates:read",
    "segments:read",
    "assets:write",
    "brand-kit:read",
  ],
];

export interface Call {
  readonly method?: string;
  readonly key?: string;
  /** Written as JSON, but for strings, which are sent as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** Without the request id. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The error code, if there is one. */
  readonly code: unknown;
  readonly body: unknown;
}

/** Calls the API in this process: `POST` with a body, else `GET`. */
export function caller(options: ApiOptions<Caller>): (path: string, call?: Call) => Promise<Answer> {
  const handler = fetchHandler(createApi(options));
  return async (path, { method, key = "org1", body, headers } = {}) => {
    const init: RequestInit = {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        ...(key === "" ? {} : { "x-api-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    };
    const response = await handler(new Request(`http://in-process.example/api/v1/public${path}`, init));
    const text = await response.text();
    const parsed: unknown = text === "" ? undefined : JSON.parse(text);
    const code: unknown =
      typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "error") : undefined;
    const { "x-request-id": _id, ...rest } = Object.fromEntries(response.headers);
    return { status: response.status, headers: rest, text, code, body: parsed };
  };
}

export const someId = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
export const otherId = "91f4b7a6-3d2c-4e80-8b59-c6a1d0e7f384";
export const broadcastBody = { name: "Autumn", templateId: someId, segmentId: otherId };
