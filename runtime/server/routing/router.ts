/** Finds the operation of a request: maps for fixed paths, a trie of segments for templates, no regular expressions. */
import { splitTarget } from "./target.ts";

/** The operations of one path template, by method. */
export interface Route<Target> {
  readonly methods: Map<string, Target>;
  /** Names of the template's parameters, in order of their segments. */
  readonly names: readonly string[];
}

export interface Match<Target> {
  readonly target: Target;
  /** Parameters by name, percent-encoded as they came. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Behind the question mark, percent-encoded as it came. */
  readonly query: string;
}

/** Methods that the path has, where the requested one is not among them; none where there is no such path. */
export interface Miss {
  readonly target?: undefined;
  readonly allow: readonly string[];
}

/** Text before, between and after the parameters of one segment: `{name}.{type}` is `["", ".", ""]`. */
type Literals = readonly string[];

interface Node<Target> {
  readonly fixed: Map<string, Node<Target>>;
  /** More literal text goes first, so that `{id}.json` wins over `{id}`. */
  readonly templates: { readonly literals: Literals; readonly node: Node<Target> }[];
  route: Route<Target> | undefined;
}

const noParameters: Readonly<Record<string, string>> = Object.freeze({});

const nothing: Miss = { allow: [] };

export class Router<Target> {
  readonly #basePath: string;
  readonly #fixed = new Map<string, Route<Target>>();
  /** By base path and path in one, so that the target of most requests need not be taken apart. */
  readonly #whole = new Map<string, Route<Match<Target>>>();
  readonly #root: Node<Target> = newNode();

  /** @param basePath what the paths of the operations are below, without a slash at its end */
  constructor(basePath = "") {
    this.#basePath = basePath;
  }

  /** Adds one operation; templates that differ in parameter names only are one path (OpenAPI 3.1.1 §4.8.8.2). */
  add(method: string, path: string, target: Target): void {
    const names: string[] = [];
    let node = this.#root;
    for (const segment of path.split("/").slice(1)) node = childFor(node, segment, names);
    node.route ??= { methods: new Map(), names };
    node.route.methods.set(method, target);
    if (names.length === 0) this.#addFixed(method, path, node.route, target);
  }

  #addFixed(method: string, path: string, route: Route<Target>, target: Target): void {
    this.#fixed.set(path, route);
    const whole = this.#basePath + path;
    // What a target has a question mark in is a query, whatever a template says.
    if (!whole.startsWith("/") || whole.includes("?")) return;
    const known = this.#whole.get(whole) ?? { methods: new Map(), names: [] };
    this.#whole.set(whole, known);
    known.methods.set(method, { target, parameters: noParameters, query: "" });
  }

  /** `target` as the caller sent it (RFC 9112 §3.2). HEAD is served by GET (RFC 9110 §9.1). */
  find(method: string, target: string): Match<Target> | Miss {
    const known = pick(this.#whole.get(target), method);
    if (known !== undefined) return known;
    const { path, query } = splitTarget(target, this.#basePath);
    if (path === undefined) return nothing;
    const fixed = pick(this.#fixed.get(path), method);
    if (fixed !== undefined) return { target: fixed, parameters: noParameters, query };
    const search: Search = { method, segments: path.split("/"), query, values: [], allow: new Set() };
    return descend(this.#root, 1, search) ?? { allow: [...search.allow] };
  }
}

interface Search {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: string;
  /** Values of the templates on the way down. */
  readonly values: string[];
  /** Methods of every route that has the path but not the method. */
  readonly allow: Set<string>;
}

/** Visits each node of the trie once at most: fixed segments first, then templates. */
function descend<Target>(node: Node<Target>, depth: number, search: Search): Match<Target> | undefined {
  const segment = search.segments[depth];
  if (segment === undefined) return arrive(node.route, search);
  const fixed =
    node.fixed.get(segment) ?? (segment.includes("%") ? node.fixed.get(decoded(segment)) : undefined);
  const found = fixed === undefined ? undefined : descend(fixed, depth + 1, search);
  if (found !== undefined) return found;
  for (const template of node.templates) {
    const before = search.values.length;
    if (!capture(template.literals, segment, search.values)) continue;
    const match = descend(template.node, depth + 1, search);
    if (match !== undefined) return match;
    search.values.length = before;
  }
  return undefined;
}

function arrive<Target>(
  route: Route<Target> | undefined,
  { method, query, values, allow }: Search,
): Match<Target> | undefined {
  if (route === undefined) return undefined;
  const target = pick(route, method);
  if (target === undefined) {
    for (const other of route.methods.keys()) allow.add(other);
    if (route.methods.has("GET")) allow.add("HEAD");
    return undefined;
  }
  // A parameter may be called `__proto__`.
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [index, name] of route.names.entries()) parameters[name] = values[index] ?? "";
  return { target, parameters, query };
}

function pick<Target>(route: Route<Target> | undefined, method: string): Target | undefined {
  if (route === undefined) return undefined;
  return route.methods.get(method) ?? (method === "HEAD" ? route.methods.get("GET") : undefined);
}

/** Splits a segment at its literals and appends the values between them; a parameter is never empty. */
function capture(literals: Literals, segment: string, values: string[]): boolean {
  const before = values.length;
  const last = literals.length - 1;
  if (!segment.startsWith(literals[0] ?? "")) return false;
  let from = literals[0]?.length ?? 0;
  for (let index = 1; index <= last; index++) {
    const literal = literals[index] ?? "";
    const to = index === last ? endOf(segment, literal) : segment.indexOf(literal, from + 1);
    if (to <= from) {
      values.length = before;
      return false;
    }
    values.push(segment.slice(from, to));
    from = to + literal.length;
  }
  return true;
}

function endOf(segment: string, literal: string): number {
  return segment.endsWith(literal) ? segment.length - literal.length : -1;
}

function childFor<Target>(node: Node<Target>, segment: string, names: string[]): Node<Target> {
  const literals: string[] = [];
  let from = 0;
  for (let open = segment.indexOf("{"); open !== -1; open = segment.indexOf("{", from)) {
    const close = segment.indexOf("}", open);
    if (close === -1) break;
    literals.push(segment.slice(from, open));
    names.push(segment.slice(open + 1, close));
    from = close + 1;
  }
  literals.push(segment.slice(from));
  if (literals.length === 1) return node.fixed.get(segment) ?? grow(node.fixed, segment);
  const known = node.templates.find((template) => template.literals.join("{}") === literals.join("{}"));
  if (known !== undefined) return known.node;
  const template = { literals, node: newNode<Target>() };
  node.templates.push(template);
  node.templates.sort((a, b) => b.literals.join("").length - a.literals.join("").length);
  return template.node;
}

function grow<Target>(fixed: Map<string, Node<Target>>, segment: string): Node<Target> {
  const node = newNode<Target>();
  fixed.set(segment, node);
  return node;
}

function newNode<Target>(): Node<Target> {
  return { fixed: new Map(), templates: [], route: undefined };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
