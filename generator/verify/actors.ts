/** Reads the actors file: the callers, their credentials and the ids of their resources. */
import { LineCounter, parseDocument } from "yaml";
import { asArray, asObject, asStrings, asText, isObject, type Json, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import { actorsSchema } from "./actors-schema.ts";
import { findIssues } from "./issues.ts";

export interface Actor {
  readonly name: string;
  /** By security scheme. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Absent: all of them. */
  readonly scopes?: readonly string[];
  readonly tenant?: string;
  readonly revoked: boolean;
  /** Codes of requirements that it does not meet. */
  readonly refused: readonly string[];
  readonly seeds: JsonObject;
}

/** Parts of a request that succeeds. */
export interface RequestSeed {
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly headers: JsonObject;
  readonly body?: Json;
}

export interface RecipeStep extends RequestSeed {
  readonly call: string;
  readonly as?: string;
  /** A status, or a code. */
  readonly expect: number | string;
  readonly save: Readonly<Record<string, string>>;
  readonly parallel: number;
}

export interface Recipe {
  readonly name: string;
  readonly steps: readonly RecipeStep[];
}

export interface Actors {
  readonly actors: readonly Actor[];
  readonly requests: Readonly<Record<string, RequestSeed>>;
  readonly recipes: readonly Recipe[];
}

export const noActors: Actors = { actors: [], requests: {}, recipes: [] };

/** The file cannot be followed. The message begins with file and line. */
export class ActorsProblem extends Error {}

/**
 * @param name of the file, for messages
 * @param environment where credentials with `env` come from
 * @throws ActorsProblem
 */
export function parseActors(
  text: string,
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Actors {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new ActorsProblem(
      `${name}:${lines.linePos(error.pos[0]).line}: ${error.message.split("\n")[0] ?? ""}`,
    );
  }
  // YAML without tags has the same values as JSON.
  const value = document.toJS({ maxAliasCount: 100 }) as Json;
  const [issue] = findIssues({ document: actorsSchema, schema: actorsSchema }, value, 1);
  if (issue !== undefined) {
    // Where a member is missing, its object is pointed at.
    const tokens = pointerTokens(issue.pointer);
    const places = [tokens, tokens.slice(0, -1)].map((path) => rangeStart(document.getIn(path, true)));
    const { line } = lines.linePos(places.find((place) => place !== undefined) ?? 0);
    throw new ActorsProblem(
      `${name}:${line}: ${issue.pointer === "" ? "The file" : issue.pointer} ${issue.message}.`,
    );
  }
  return readActors(asObject(value), name, environment);
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}

function readActors(
  file: JsonObject,
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Actors {
  const credential = (value: Json, actor: string): string => {
    if (typeof value === "string") return value;
    const variable = asText(asObject(value)["env"], "");
    const held = environment[variable];
    if (held !== undefined && held !== "") return held;
    throw new ActorsProblem(
      `${name}: ${actor} needs the environment variable ${variable}, which is not set.`,
    );
  };
  return {
    actors: Object.entries(asObject(file["actors"])).map(([actorName, entry]) => {
      const { credentials, scopes, tenant, revoked, refused, seeds } = asObject(entry);
      return {
        name: actorName,
        credentials: Object.fromEntries(
          Object.entries(asObject(credentials)).map(([scheme, value]) => [
            scheme,
            credential(value, actorName),
          ]),
        ),
        ...(scopes === undefined ? {} : { scopes: asStrings(scopes) }),
        ...(typeof tenant === "string" ? { tenant } : {}),
        revoked: revoked === true,
        refused: asStrings(refused),
        seeds: asObject(seeds),
      };
    }),
    requests: Object.fromEntries(
      Object.entries(asObject(file["requests"])).map(([id, entry]) => [id, requestSeed(asObject(entry))]),
    ),
    recipes: asArray(file["recipes"]).filter(isObject).map(recipe),
  };
}

function requestSeed({ path, query, headers, body }: JsonObject): RequestSeed {
  return {
    path: asObject(path),
    query: asObject(query),
    headers: asObject(headers),
    ...(body === undefined ? {} : { body }),
  };
}

function recipe({ name, steps }: JsonObject): Recipe {
  return {
    name: asText(name, ""),
    steps: asArray(steps)
      .filter(isObject)
      .map((step) => ({
        ...requestSeed(step),
        call: asText(step["call"], ""),
        ...(typeof step["as"] === "string" ? { as: step["as"] } : {}),
        expect: typeof step["expect"] === "number" ? step["expect"] : asText(step["expect"], ""),
        save: Object.fromEntries(
          Object.entries(asObject(step["save"])).map(([key, at]) => [key, asText(at, "")]),
        ),
        parallel: typeof step["parallel"] === "number" ? step["parallel"] : 1,
      })),
  };
}
