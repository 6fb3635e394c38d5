/** What an object needs beyond the types of its members: members that it must have, and some that exclude each other. */
import { asObject, asText, isObject, type JsonObject } from "../../json/json.ts";
import { objects, type Line } from "../../openapi/objects.ts";
import type { StructureReport } from "./report.ts";
import { article } from "./unknown-member.ts";

export interface Completion {
  readonly line: Line;
  readonly report: StructureReport;
}

type Complete = (node: JsonObject, completion: Completion) => JsonObject | undefined;

/** The object as later stages can rely on it; `undefined`, with a finding, where nothing can be made of it. */
export function completeObject(
  node: JsonObject,
  kind: string,
  completion: Completion,
): JsonObject | undefined {
  const complete = completes[kind];
  if (complete !== undefined) return complete(node, completion);
  for (const key of requiredMembers[kind] ?? [])
    if (node[key] === undefined) missing(kind, key, completion, "");
  return node;
}

/** The members that each kind of object must have. */
const requiredMembers: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(objects).map(([kind, fields]) => [
    kind,
    Object.entries(fields).flatMap(([key, { required }]) => (required ? [key] : [])),
  ]),
);

const completes: Readonly<Record<string, Complete>> = {
  document: (node, completion) => {
    if (node["paths"] === undefined && !hasOther(node)) empty(completion);
    else if (node["paths"] === undefined && completion.line === "3.0")
      missing("document", "paths", completion, "");
    return needs(
      { info: {}, ...node },
      node,
      "document",
      ["info"],
      completion,
      "an empty one stands in its place",
    );
  },
  info: (node, completion) =>
    needs(
      { title: "API", version: "0", ...node },
      node,
      "info",
      ["title", "version"],
      completion,
      "a placeholder stands in its place",
    ),
  server: (node, completion) => orNothing(node, "server", ["url"], completion),
  tag: (node, completion) => orNothing(node, "tag", ["name"], completion),
  discriminator: (node, completion) => orNothing(node, "discriminator", ["propertyName"], completion),
  externalDocs: (node, completion) => orNothing(node, "externalDocs", ["url"], completion),
  response: (node, completion) => {
    if (node["description"] === undefined && completion.line !== "3.2")
      missing("response", "description", completion, "");
    return node;
  },
  requestBody: (node, completion) =>
    needs({ content: {}, ...node }, node, "requestBody", ["content"], completion, "no body is known"),
  parameter: completeParameter,
  header: (node, completion) => withSchema(node, "header", completion),
  securityScheme: completeScheme,
};

function hasOther(node: JsonObject): boolean {
  return node["components"] !== undefined || node["webhooks"] !== undefined;
}

function empty({ report }: Completion): void {
  const message =
    "The document has no `paths`, `webhooks` or `components`, so there is nothing to generate from.";
  report.add("lockstep/not-openapi", message, [], "Add `paths`.");
}

function missing(kind: string, key: string, { report }: Completion, said: string): void {
  const message = `${capital(article(kind))} lacks \`${key}\`${said === "" ? "" : `; ${said}`}.`;
  report.add("lockstep/structure-missing", message, [], `Add \`${key}\`.`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function needs(
  completed: JsonObject,
  node: JsonObject,
  kind: string,
  keys: readonly string[],
  completion: Completion,
  said: string,
): JsonObject {
  const absent = keys.filter((key) => node[key] === undefined);
  for (const key of absent) missing(kind, key, completion, said);
  return absent.length === 0 ? node : completed;
}

function orNothing(
  node: JsonObject,
  kind: string,
  keys: readonly string[],
  completion: Completion,
): JsonObject | undefined {
  const absent = keys.find((key) => node[key] === undefined);
  if (absent === undefined) return node;
  missing(kind, absent, completion, "it is left out");
  return undefined;
}

const places: ReadonlySet<string> = new Set(["path", "query", "header", "cookie", "querystring"]);

function completeParameter(node: JsonObject, completion: Completion): JsonObject | undefined {
  const named = orNothing(node, "parameter", ["name", "in"], completion);
  if (named === undefined) return undefined;
  const place = asText(named["in"], "");
  if (places.has(place)) return withSchema(named, "parameter", completion);
  if (places.has(place.toLowerCase())) {
    completion.report.add(
      "lockstep/structure",
      `\`in\` is \`${place}\`; it is read as \`${place.toLowerCase()}\`.`,
      ["in"],
    );
    return withSchema({ ...named, in: place.toLowerCase() }, "parameter", completion);
  }
  const message = `\`in\` is \`${place.slice(0, 40)}\`, which is not a place of a parameter; the parameter is left out.`;
  completion.report.add(
    "lockstep/structure",
    message,
    ["in"],
    "Write `path`, `query`, `header` or `cookie`; a body is a `requestBody`.",
  );
  return undefined;
}

/** Keywords that Swagger 2.0 has beside a parameter's name. */
const swaggerKeywords = [
  "type",
  "format",
  "enum",
  "items",
  "default",
  "pattern",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
];

/** A parameter or header without `schema` and `content` may say the same as in Swagger 2.0. */
function withSchema(node: JsonObject, kind: string, completion: Completion): JsonObject {
  const { schema, content } = node;
  if (schema !== undefined || (isObject(content) && Object.keys(content).length > 0)) return node;
  const moved = Object.fromEntries(Object.entries(node).filter(([key]) => swaggerKeywords.includes(key)));
  if (isObject(moved["items"]) || typeof moved["type"] === "string") {
    completion.report.add(
      "lockstep/structure-missing",
      `${capital(article(kind))} lacks \`schema\`; the keywords beside its name are read as one.`,
      [],
      "Move them into `schema`.",
    );
    const kept = Object.entries(node).filter(([key]) => !swaggerKeywords.includes(key));
    return { ...Object.fromEntries(kept), schema: moved };
  }
  missing(kind, "schema", completion, "its value is unknown and unchecked");
  return { ...node, schema: {} };
}

const schemeTypes = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"] as const;

function completeScheme(node: JsonObject, completion: Completion): JsonObject | undefined {
  const typed = orNothing(node, "securityScheme", ["type"], completion);
  if (typed === undefined) return undefined;
  const { report } = completion;
  const written = asText(typed["type"], "");
  const type = schemeTypes.find(
    (known) => known.toLowerCase() === written.toLowerCase().replaceAll(/[-_ ]/g, ""),
  );
  if (type === undefined && /^(?:basic|bearer)$/i.test(written)) {
    report.add("lockstep/structure", `\`type\` is \`${written}\`; it is read as \`http\` with that scheme.`, [
      "type",
    ]);
    return { ...typed, type: "http", scheme: written.toLowerCase() };
  }
  if (type === undefined) {
    report.add(
      "lockstep/structure",
      `\`type\` is \`${written.slice(0, 40)}\`, which is not a type of security scheme; the scheme is left out.`,
      ["type"],
    );
    return undefined;
  }
  if (type !== written)
    report.add("lockstep/structure", `\`type\` is \`${written}\`; it is read as \`${type}\`.`, ["type"]);
  return completeByType({ ...typed, type }, type, typed, completion);
}

function completeByType(
  node: JsonObject,
  type: (typeof schemeTypes)[number],
  written: JsonObject,
  completion: Completion,
): JsonObject | undefined {
  const { report } = completion;
  if (type === "apiKey") return orNothing(node, "securityScheme", ["name", "in"], completion);
  for (const key of ["name", "in"]) {
    if (written[key] === undefined) continue;
    report.add(
      "lockstep/structure-member",
      `\`${key}\` has no meaning for a scheme of the type \`${type}\`.`,
      [key],
    );
  }
  if (type === "http" && node["scheme"] === undefined) {
    const fix = "Write `scheme: bearer`, or the scheme that the API has.";
    report.add(
      "lockstep/structure-missing",
      "The security scheme lacks `scheme`; it is read as `bearer`.",
      [],
      fix,
    );
    return { ...node, scheme: "bearer" };
  }
  if (type === "oauth2" && Object.keys(asObject(node["flows"])).length === 0)
    missing("securityScheme", "flows", completion, "");
  return node["type"] === written["type"] ? written : node;
}
