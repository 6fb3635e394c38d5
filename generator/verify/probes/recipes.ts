/** Recipes of the actors file: steps that lead to the codes of handlers. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { type Actor, ActorsProblem, type Recipe, type RecipeStep } from "../actors.ts";
import { codeOf } from "../expectation.ts";
import type { Exchange, ProbeRequest } from "../exchange.ts";
import { isSafe, type Objection, type Probe, type ProbeStep } from "../probe.ts";
import type { RequestMaker } from "../valid-request.ts";
import { type Settings, Subject, withParameter } from "./subject.ts";

/** @throws ActorsProblem for a step that calls nothing, or is of nobody */
export function recipeProbes(settings: Settings, maker: RequestMaker): Probe[] {
  return settings.actors.recipes.map((recipe) => recipeProbe(recipe, settings, maker));
}

interface Planned {
  readonly step: RecipeStep;
  readonly subject: Subject;
  readonly actor: Actor | undefined;
}

function recipeProbe(recipe: Recipe, settings: Settings, maker: RequestMaker): Probe {
  const planned = recipe.steps.flatMap((step): Planned[] => {
    const operation = settings.model.operations.find(({ id }) => id === step.call);
    if (operation === undefined)
      throw new ActorsProblem(
        `The recipe ${recipe.name} calls ${step.call}, which the document does not have.`,
      );
    const actor =
      step.as === undefined ? undefined : settings.actors.actors.find(({ name }) => name === step.as);
    if (step.as !== undefined && actor === undefined)
      throw new ActorsProblem(
        `The recipe ${recipe.name} names the actor ${step.as}, who is not in the file.`,
      );
    const one = { step, subject: new Subject(operation, settings, maker), actor };
    // The same object for each of the requests that are sent at once.
    return Array.from({ length: step.parallel }, () => one);
  });
  const last = planned.at(-1);
  return {
    name: `recipe/${recipe.name}`,
    stage: "handler",
    ...(last === undefined ? {} : { operation: last.subject.operation }),
    risk: planned.every(({ subject }) => isSafe(subject.operation)) ? "none" : "write",
    expects: recipe.steps.map(({ call, expect }) => `${call}: ${expect}`).join(", "),
    mustFail: false,
    aims: planned.flatMap(({ step, subject }) => aims(step, subject.operation)),
    steps: planned.map((one, index): ProbeStep => ({
      operation: one.subject.operation,
      request: (earlier) => stepRequest(one, saved(planned.slice(0, index), earlier)),
      withPrevious: planned[index - 1] === one,
    })),
    classify: (exchanges, bodies) => classifyRecipe(recipe, planned, settings.model, exchanges, bodies),
  };
}

function aims({ expect }: RecipeStep, { errors }: Operation): Probe["aims"] {
  return typeof expect === "number" ? [] : errors.filter(({ code }) => code === expect);
}

/** What the steps before kept; `undefined` where one of them did not get that far. */
function saved(
  planned: readonly Planned[],
  exchanges: readonly Exchange[],
): ReadonlyMap<string, Json> | undefined {
  const values = new Map<string, Json>();
  for (const [index, { step }] of planned.entries()) {
    for (const [name, pointer] of Object.entries(step.save)) {
      const body = exchanges[index]?.response?.body;
      const value = body === undefined ? undefined : valueAt(body, pointer);
      if (value === undefined) return undefined;
      values.set(name, value);
    }
  }
  return values;
}

function valueAt(body: string, pointer: string): Json | undefined {
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    return resolvePointer(JSON.parse(body) as Json, pointer);
  } catch {
    return undefined;
  }
}

function stepRequest(
  { step, subject, actor }: Planned,
  values: ReadonlyMap<string, Json> | undefined,
): ProbeRequest | undefined {
  if (values === undefined) return undefined;
  let draft = subject.good();
  for (const [name, value] of Object.entries({ ...step.path, ...step.query })) {
    const where = Object.hasOwn(step.path, name) ? "path" : "query";
    const parameter = subject.operation.parameters.find((one) => one.name === name && one.in === where);
    if (parameter !== undefined) draft = withParameter(draft, parameter, filled(value, values));
  }
  const headers = Object.entries(step.headers).map(
    ([name, value]) => [name, textOf(filled(value, values))] as const,
  );
  const mediaType =
    draft.body?.mediaType ?? subject.operation.requestBody?.content[0]?.mediaType ?? "application/json";
  const body = step.body === undefined ? draft.body : { mediaType, value: filled(step.body, values) };
  const { body: _, ...rest } = draft;
  return subject.write(
    { ...rest, headers: [...draft.headers, ...headers], ...(body === undefined ? {} : { body }) },
    actor ?? subject.caller,
  );
}

/** `{name}` alone becomes the value itself; within a longer text, its text. */
function filled(value: Json, values: ReadonlyMap<string, Json>): Json {
  if (typeof value === "string") {
    const [, only] = /^\{(\w+)\}$/.exec(value) ?? [];
    if (only !== undefined && values.has(only)) return values.get(only) ?? null;
    return value.replace(/\{(\w+)\}/g, (text, name: string) =>
      values.has(name) ? textOf(values.get(name) ?? null) : text,
    );
  }
  if (isArray(value)) return value.map((item) => filled(item, values));
  if (!isObject(value)) return value;
  const members: JsonObject = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filled(member, values)]),
  );
  return members;
}

function classifyRecipe(
  { name }: Recipe,
  planned: readonly Planned[],
  model: ApiModel,
  exchanges: readonly Exchange[],
  bodies: readonly (Json | undefined)[],
): Objection[] {
  const groups = groupByStep(planned);
  return [...groups].flatMap(([step, members]): Objection[] => {
    const reached = members.filter(({ index }) => exchanges[index]?.response !== undefined);
    if (reached.length === 0) return [];
    const meets = ({ index }: { readonly index: number }): boolean => {
      const status = exchanges[index]?.response?.status;
      return typeof step.expect === "number"
        ? status === step.expect
        : codeOf(model, bodies[index]) === step.expect;
    };
    // Of requests that are sent at once, one has to end as expected.
    if (reached.some(meets)) return [];
    const [first] = reached;
    const index = first?.index ?? 0;
    const came = `${exchanges[index]?.response?.status ?? ""} ${codeOf(model, bodies[index]) ?? ""}`.trim();
    const message = `${step.call} of the recipe “${name}” must get ${step.expect}; it got ${came}.`;
    const error = first?.subject.operation.errors.find(({ code }) => code === step.expect);
    const response = first?.subject.operation.responses.find(({ status }) => status === error?.status);
    return [
      {
        rule: "recipe-failed",
        message,
        exchanges: [index],
        ...(response === undefined ? {} : { pointer: response.pointer }),
      },
    ];
  });
}

/** A text as it is, everything else as JSON. */
function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Numbered = Planned & { readonly index: number };

/** The planned requests, grouped by step. */
function groupByStep(planned: readonly Planned[]): ReadonlyMap<RecipeStep, readonly Numbered[]> {
  const groups = new Map<RecipeStep, Numbered[]>();
  for (const [index, one] of planned.entries())
    groups.set(one.step, [...(groups.get(one.step) ?? []), { ...one, index }]);
  return groups;
}
