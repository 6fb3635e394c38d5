/** Writes a draft down as HTTP, with the credentials of an actor, others, or none. */
import { append } from "../json/append.ts";
import type { Json } from "../json/json.ts";
import type {
  ApiModel,
  Operation,
  Parameter,
  SecurityRequirement,
  SecurityScheme,
} from "../model/api-model.ts";
import type { Actor } from "./actors.ts";
import type { ProbeRequest } from "./exchange.ts";
import { serializeParameter } from "./serialize.ts";
import type { RequestDraft } from "./valid-request.ts";

/** Values by security scheme. */
export type Credentials = Readonly<Record<string, string>>;

/** The first alternative for which the actor has every credential; `undefined` where it has none. */
export function alternativeFor(
  operation: Operation,
  actor: Actor | undefined,
): SecurityRequirement | undefined {
  return operation.security.find(({ schemes }) =>
    schemes.every(({ scheme }) => actor !== undefined && Object.hasOwn(actor.credentials, scheme)),
  );
}

/** True if the operation can be called with what the actor has, or without any credential. */
export function canCall(operation: Operation, actor: Actor | undefined): boolean {
  return operation.security.length === 0 || alternativeFor(operation, actor) !== undefined;
}

/** The credentials that the actor shows to this operation. */
export function credentialsFor(operation: Operation, actor: Actor | undefined): Credentials {
  const schemes = alternativeFor(operation, actor)?.schemes ?? [];
  return Object.fromEntries(schemes.map(({ scheme }) => [scheme, actor?.credentials[scheme] ?? ""]));
}

export function writeRequest(model: ApiModel, draft: RequestDraft, credentials: Credentials): ProbeRequest {
  const { operation, parameters, body } = draft;
  const written = writeParameters(operation.path, parameters);
  const query = [...written.query];
  const headers = [...written.headers, ...draft.headers];
  const cookies = [...written.cookies];
  for (const [name, value] of Object.entries(credentials)) {
    const scheme = model.securitySchemes.find((one) => one.name === name);
    if (scheme !== undefined) show(scheme, value, { query, headers, cookies });
  }
  if (cookies.length > 0) headers.push(["cookie", cookies.join("; ")]);
  if (body !== undefined) headers.push(["content-type", body.mediaType]);
  return {
    method: operation.method.toUpperCase(),
    target: `${written.path}${query.length === 0 ? "" : `?${query.join("&")}`}`,
    headers: [["accept", "*/*"], ...headers],
    ...(body === undefined ? {} : { body: JSON.stringify(body.value) }),
  };
}

interface Written {
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
  readonly cookies: readonly string[];
}

function writeParameters(template: string, parameters: ReadonlyMap<Parameter, Json>): Written {
  let path = template;
  const query: string[] = [];
  const headers: [string, string][] = [];
  const cookies: string[] = [];
  for (const [parameter, value] of parameters) {
    const texts = serializeParameter(parameter, value);
    if (texts.path !== undefined) path = path.split(`{${parameter.name}}`).join(texts.path);
    append(query, texts.query ?? []);
    if (texts.text === undefined) continue;
    if (parameter.in === "cookie") cookies.push(`${parameter.name}=${texts.text}`);
    else headers.push([parameter.name, texts.text]);
  }
  return { path, query, headers, cookies };
}

interface Places {
  readonly query: string[];
  readonly headers: (readonly [string, string])[];
  readonly cookies: string[];
}

function show(
  { type, in: where, parameterName = "", scheme }: SecurityScheme,
  value: string,
  places: Places,
): void {
  if (type === "apiKey") {
    if (where === "query")
      places.query.push(`${encodeURIComponent(parameterName)}=${encodeURIComponent(value)}`);
    else if (where === "cookie") places.cookies.push(`${parameterName}=${value}`);
    else places.headers.push([parameterName, value]);
  } else if (type === "http" && scheme === "basic") {
    places.headers.push(["authorization", `Basic ${Buffer.from(value).toString("base64")}`]);
  } else if (type !== "mutualTLS") {
    // RFC 6750, also for the tokens of OAuth 2 and OpenID Connect.
    places.headers.push(["authorization", `Bearer ${value}`]);
  }
}
