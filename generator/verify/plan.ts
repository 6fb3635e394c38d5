/** Puts the probes of all operations into one order, with what may be sent and what may not. */
import { greatest } from "../json/extremes.ts";
import type { Stage } from "../contract/vocabulary.ts";
import type { ApiModel } from "../model/api-model.ts";
import { type Actors, ActorsProblem } from "./actors.ts";
import type { Probe } from "./probe.ts";
import { authenticationProbes } from "./probes/authentication.ts";
import { authorizationProbes } from "./probes/authorization.ts";
import { handlerProbes } from "./probes/handler.ts";
import { idempotencyProbes } from "./probes/idempotency.ts";
import { recipeProbes } from "./probes/recipes.ts";
import { validationProbes } from "./probes/request-validation.ts";
import { lookupProbes } from "./probes/resource-lookup.ts";
import { undeclaredMethodProbes, unknownPathProbes } from "./probes/routing.ts";
import { type Settings, Subject } from "./probes/subject.ts";
import { SeededRandom } from "./random.ts";
import { RequestMaker } from "./valid-request.ts";

export interface PlanOptions {
  readonly actors: Actors;
  readonly seed: number;
  readonly allowWrites: boolean;
  readonly allowLoad: boolean;
  /** Requests in all. */
  readonly budget: number;
  /** Ids of operations; all where empty. */
  readonly only: readonly string[];
}

export interface LeftOutProbe {
  readonly probe: Probe;
  readonly reason: "writes" | "load" | "budget";
}

export interface Plan {
  readonly probes: readonly Probe[];
  readonly leftOut: readonly LeftOutProbe[];
  /** Requests that the probes send. */
  readonly requests: number;
}

/** Faults of one body that are tried at most: the kinds come first. */
const bodyFaults = 10;

/** @throws ActorsProblem where the actors file and the document do not fit */
export function planProbes(model: ApiModel, options: PlanOptions): Plan {
  const settings: Settings = { ...options, model, random: new SeededRandom(options.seed), bodyFaults };
  checkNames(model, options);
  const maker = new RequestMaker(model, options.actors, settings.random);
  const chosen = model.operations.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const subjects = chosen.map((operation) => new Subject(operation, settings, maker));
  const perOperation = subjects.map((subject) => [
    ...handlerProbes(subject),
    ...authenticationProbes(subject),
    ...authorizationProbes(subject),
    ...lookupProbes(subject),
    ...validationProbes(subject),
    ...idempotencyProbes(subject),
  ]);
  const general =
    options.only.length > 0
      ? []
      : [...unknownPathProbes(subjects), ...undeclaredMethodProbes(model, subjects)];
  const recipes = recipeProbes(settings, maker);
  return admit([...general, ...recipes, ...inTurns(perOperation)], options);
}

function checkNames(model: ApiModel, { actors, only }: PlanOptions): void {
  const known = new Set(model.operations.map(({ id }) => id));
  const unknown = [...only, ...Object.keys(actors.requests)].find((id) => !known.has(id));
  if (unknown !== undefined) throw new ActorsProblem(`The document has no operation ${unknown}.`);
  const schemes = new Set(model.securitySchemes.map(({ name }) => name));
  for (const actor of actors.actors) {
    const scheme = Object.keys(actor.credentials).find((name) => !schemes.has(name));
    if (scheme === undefined) continue;
    const advice = schemes.size === 0 ? "It has none." : `It has ${[...schemes].join(", ")}.`;
    throw new ActorsProblem(
      `${actor.name} has a credential for ${scheme}, which is not a security scheme of the document. ${advice}`,
    );
  }
}

/** Stages in the order of importance where the budget does not last. */
const urgency: readonly Stage[] = [
  "handler",
  "authentication",
  "authorization",
  "requirement",
  "resource-lookup",
  "request-validation",
];

/** The first probe of each operation, then the second of each: a small budget reaches all operations. */
function inTurns(groups: readonly (readonly Probe[])[]): Probe[] {
  const longest = greatest(
    groups.map(({ length }) => length),
    0,
  );
  const sorted = groups.map((group) => [...group].sort((a, b) => rank(a) - rank(b)));
  return Array.from({ length: longest }, (_, turn) =>
    sorted.flatMap((group) => group.slice(turn, turn + 1)),
  ).flat();
}

function rank({ stage }: Probe): number {
  const index = urgency.indexOf(stage);
  return index === -1 ? urgency.length : index;
}

function admit(probes: readonly Probe[], { allowWrites, allowLoad, budget }: PlanOptions): Plan {
  const admitted: Probe[] = [];
  const leftOut: LeftOutProbe[] = [];
  let requests = 0;
  for (const probe of probes) {
    const reason =
      probe.risk === "write" && !allowWrites
        ? "writes"
        : probe.risk === "load" && !allowLoad
          ? "load"
          : requests + probe.steps.length > budget
            ? "budget"
            : undefined;
    if (reason === undefined) {
      admitted.push(probe);
      requests += probe.steps.length;
    } else leftOut.push({ probe, reason });
  }
  return { probes: readersFirst(admitted), leftOut, requests };
}

/** What writes comes last: it changes what others read. */
function readersFirst(probes: readonly Probe[]): Probe[] {
  const writes = (probe: Probe): boolean => probe.risk !== "none";
  return [...probes.filter((probe) => !writes(probe)), ...probes.filter(writes)];
}
