/** What a seeded fault is: a front of the example server that breaks one promise of the contract. */
import type { SeededOrganization } from "../../example/seed/seed.ts";

export interface Incoming {
  readonly method: string;
  /** Below the base path, with the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface World {
  readonly mine: SeededOrganization;
  readonly theirs: SeededOrganization;
  /** Sends a request to the server behind the front. */
  readonly next: (request: Incoming) => Promise<Outgoing>;
  /** What the front remembers between two requests. */
  readonly memory: Map<string, Outgoing>;
}

export type Fault = (request: Incoming, world: World) => Promise<Outgoing>;

/** A member of `T` that holds functions of this shape: a name says what is wrong. */
export type Faults = Readonly<Record<string, Fault>>;

/** A fault of responses: what the server sends is changed on its way. */
export function onResponse(change: (response: Outgoing, request: Incoming, world: World) => Outgoing): Fault {
  return async (request, world) => change(await world.next(request), request, world);
}

/** A fault of error responses that carry this code. */
export function onCode(code: string, change: (response: Outgoing, request: Incoming) => Outgoing): Fault {
  return onResponse((response, request) =>
    codeOf(response) === code ? change(response, request) : response,
  );
}

/** A fault of requests to one method and path: `{}` stands for any segment. */
export function onRoute(route: string, fault: Fault): Fault {
  return (request, world) => (matches(request, route) ? fault(request, world) : world.next(request));
}

export function matches({ method, path }: Incoming, route: string): boolean {
  const [wanted, template = ""] = route.split(" ");
  const segments = (path.split("?")[0] ?? "").split("/");
  const parts = template.split("/");
  return (
    method === wanted &&
    segments.length === parts.length &&
    parts.every((part, index) => part === "{}" || part === segments[index])
  );
}

export function codeOf(response: Outgoing): unknown {
  return jsonOf(response.body)["error"];
}

/** The members of a JSON object; none where the text is not an object. */
export function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The response with other members in its body; `undefined` takes one out. */
export function withMembers(response: Outgoing, members: Readonly<Record<string, unknown>>): Outgoing {
  return { ...response, body: JSON.stringify({ ...jsonOf(response.body), ...members }) };
}

export function withHeader(response: Outgoing, name: string, value: string | undefined): Outgoing {
  const { [name]: _, ...others } = response.headers;
  return { ...response, headers: value === undefined ? others : { ...others, [name]: value } };
}

export function json(status: number, body: unknown): Outgoing {
  const headers = { "content-type": "application/json", "x-request-id": "seeded" };
  return { status, headers, body: body === undefined ? "" : JSON.stringify(body) };
}

export function html(status: number, text: string): Outgoing {
  return { status, headers: { "content-type": "text/html" }, body: `<html><body>${text}</body></html>` };
}

/** The request as another key would send it. */
export function withKey(request: Incoming, key: string | undefined): Incoming {
  const { "x-api-key": _, ...others } = request.headers;
  return { ...request, headers: key === undefined ? others : { ...others, "x-api-key": key } };
}

export function keyOf({ keys }: SeededOrganization, index = 0): string {
  return keys[index]?.key ?? "";
}
