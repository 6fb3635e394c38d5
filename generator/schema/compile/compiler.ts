/** JSON Schema 2020-12 → straight-line TypeScript. Knows schemas only; what a body or a parameter is, others know. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { excerpt } from "../../diagnostics/printable.ts";
import { isArray, isObject, type JsonObject } from "../../json/json.ts";
import { joinPointer } from "../../json/pointer.ts";
import type { JsonSchema, NamedSchema, Pointer } from "../../model/api-model.ts";
import type { FormatLevels } from "../../openapi/reading.ts";
import { build } from "./build.ts";
import { ContentIndex } from "../analyse/content.ts";
import { FactIndex } from "../analyse/facts.ts";
import { nameOfPlace } from "../code/function-names.ts";
import { isLeaf } from "../code/leaf.ts";
import { LoopIndex } from "../analyse/loops.ts";
import { LocalNames } from "../code/local-names.ts";
import { ValidatorModule } from "../code/module.ts";
import { isBounded, linearArguments, readPattern, runaway, translated } from "../pattern/pattern.ts";
import { ReachIndex } from "../analyse/reach.ts";
import { Report } from "../analyse/report.ts";
import { enterResource, narrow, noAnchors, scopeKey, type Direction, type Scope } from "../analyse/scope.ts";
import type { SchemaSite, Site, SiteCompiler } from "./site.ts";
import { stringLiteral } from "../../print/literal.ts";
import { SchemaStore, type Resource, type SchemaNode } from "../analyse/store.ts";
import { type Step, type Unit, delegates } from "../code/steps.ts";
import { anyType } from "../analyse/types.ts";

export interface CompilerInput {
  /** What `#/…` references point into: a whole OpenAPI document (3.1 dialect), or a schema by itself. */
  readonly document: JsonObject | boolean;
  /** Schemas with names: each becomes a shared function called after its `identifier`, which must be unique. */
  readonly named: readonly NamedSchema[];
  /** Other documents that `$ref` and `$schema` may name, by absolute URI. Nothing is ever fetched. */
  readonly externals?: ReadonlyMap<string, JsonSchema>;
  /** `off`: `format` is an annotation only, as the plain 2020-12 dialect has it (validation §7.2.1). Absent: `strict`. */
  readonly formats?: FormatLevels;
}

/** A schema with more values than this to compare with is shared rather than repeated. */
const inlineValues = 3;
/** Inline schemas nested deeper than this get a function of their own; hostile nesting must not nest our output. */
const maxNesting = 6;
/** So do those that hold more schemas than this: engines and type checkers take their time over long functions. */
const maxWeight = 16;
/** Variants of unions that hold more schemas than this are called. */
const maxVariantWeight = 8;
const validationVocabulary = "https://json-schema.org/draft/2020-12/vocab/validation";

export class Compiler implements SiteCompiler {
  readonly store: SchemaStore;
  readonly formats: FormatLevels;
  readonly facts: FactIndex;
  readonly content: ContentIndex;
  /** The file of all shared functions: named schemas, and whatever else references lead to. */
  readonly schemas = new ValidatorModule<Unit>("schemas");
  readonly #report = new Report();
  readonly #reach: ReachIndex;
  readonly #loops: LoopIndex;
  readonly #units = new Map<string, Unit>();
  readonly #names = new Map<string, number>();
  readonly #named = new Map<SchemaNode, string>();
  /** Of schemas with names, the first of each content. */
  #byContent: ReadonlyMap<number, SchemaNode> | undefined;
  readonly #formats = new Map<string, { readonly pointer: Pointer; readonly fix?: string }>();
  readonly #pending: Unit[] = [];

  constructor(input: CompilerInput) {
    this.store = new SchemaStore(input.document, input.named, input.externals ?? new Map());
    this.formats = input.formats ?? "strict";
    this.content = new ContentIndex(this.store);
    this.facts = new FactIndex(this.store);
    this.#loops = new LoopIndex(this.store);
    this.#reach = new ReachIndex(this.store);
    for (const { schema, pointer, identifier } of input.named) {
      this.#named.set(this.store.root(schema, pointer), identifier);
      this.#names.set(identifier, 1);
    }
  }

  /**
   * Compiles a schema for a caller outside: `module` then holds a function pair for it, or imports the shared one where
   * the schema is a named one. Call `finish` before printing.
   *
   * @param name wish for the function's name, PascalCase
   */
  add(
    module: ValidatorModule<Unit>,
    name: string,
    schema: JsonSchema,
    pointer: Pointer,
    direction: Direction,
  ): Unit {
    const node = this.store.root(schema, pointer);
    const scope: Scope = { direction, dynamic: noAnchors };
    const target = this.#pureReference(node) ?? this.#namesake(node);
    return target === undefined ? this.#unit(node, scope, module, name) : this.shared(target, scope);
  }

  /** The function of a schema that references lead to; one for all callers. */
  shared(node: SchemaNode, scope: Scope): Unit {
    const name = this.#named.get(node) ?? nameOfPlace(node.pointer);
    return this.#unit(node, scope, this.schemas, name);
  }

  /** The function of a schema that stands inside the one that `owner` compiles. */
  inline(owner: Unit, node: SchemaNode, scope: Scope, wish = owner.name.replace(/_\d+$/, "")): Unit {
    const named = this.#namesake(node);
    if (named !== undefined) return this.shared(named, scope);
    return this.#unit(node, scope, owner.module, `${wish}_1`);
  }

  /** Compiles everything that has been asked for, and what that needs in turn. Findings are complete afterwards. */
  finish(): readonly Finding[] {
    for (let unit = this.#pending.shift(); unit !== undefined; unit = this.#pending.shift())
      this.#compile(unit);
    const formats = [...this.#formats].map(([name, place]): Finding => ({
      code: "lockstep/format-unknown",
      ...place,
      message: `The format ${stringLiteral(name)} is not known, so it asserts nothing.`,
    }));
    return [...this.#report.findings, ...formats];
  }

  /** Lets the unit's function note issues, and those of every unit that decides for it. After `finish`. */
  report(unit: Unit): void {
    const queue = [unit];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next.reports) continue;
      next.reports = true;
      next.module.reports = true;
      for (const delegate of delegates(next.steps)) queue.push(delegate);
    }
  }

  build(site: SchemaSite): Step[] {
    return build(site);
  }

  /** True if the schema is so small that it is inlined. */
  isInlined(node: SchemaNode): boolean {
    const values = isObject(node.schema) ? node.schema["enum"] : undefined;
    return isLeaf(node) && !(isArray(values) && values.length > inlineValues);
  }

  /** True if the schema, as a variant of a union, is so small that it is inlined into the case of a switch. */
  isInlinedVariant(node: SchemaNode): boolean {
    const { cyclic, dynamic } = this.#reach.of(node);
    return !cyclic && !dynamic && this.content.weight(node) <= maxVariantWeight;
  }

  /** True if the schema is non-recursive and needs no memoization. */
  isShallow(node: SchemaNode): boolean {
    const { cyclic, dynamic, repeats } = this.#reach.of(node);
    return !cyclic && !dynamic && !repeats;
  }

  /** True if the schema, met inside a function, gets a function of its own. */
  isHoisted(node: SchemaNode, nesting: number): boolean {
    return nesting > 0 && !isLeaf(node) && (nesting > maxNesting || this.content.weight(node) > maxWeight);
  }

  /** Does the resource's dialect have the validation vocabulary (core §8.1.2)? */
  asserts(resource: Resource): boolean {
    const vocabulary = this.store.vocabulary(resource);
    return vocabulary === undefined || vocabulary[validationVocabulary] === true;
  }

  /** The constant that holds a compiled pattern, or `undefined` after a finding. */
  pattern(site: Site, source: string, ...tokens: readonly string[]): string | undefined {
    const pointer = joinPointer(site.node.pointer, ...tokens);
    const pattern = readPattern(source);
    const shown = stringLiteral(excerpt(source));
    if (pattern === undefined) {
      this.#report.add({
        code: "lockstep/pattern-invalid",
        pointer,
        message: `The pattern ${shown} is not a regular expression of ECMA-262, so nothing checks it.`,
      });
      return undefined;
    }
    if (pattern.flags === "") {
      this.#report.add({
        code: "lockstep/pattern-legacy",
        pointer,
        message: `The pattern ${shown} is only a regular expression without the u flag.`,
      });
    }
    if (pattern.isTranslated) this.#report.add({ pointer, ...translated(pattern, shown) });
    const { module } = site.unit;
    if (pattern.isLinear || isBounded(pattern, site.schema["maxLength"])) {
      return module.constant("pattern", undefined, pattern.literal);
    }
    this.#report.add({ pointer, ...runaway(pattern, shown) });
    if (pattern.linear === undefined) return undefined;
    const matcher = `/* @__PURE__ */ ${module.helper("linearPattern")}(${linearArguments(pattern.linear, pattern.flags)})`;
    return module.constant("pattern", undefined, matcher);
  }

  unsupported(node: SchemaNode, keyword: string, message: string): void {
    this.#report.add({
      code: "lockstep/schema-invalid",
      pointer: joinPointer(node.pointer, keyword),
      message: `${message}, so nothing can check it.`,
    });
  }

  dangling(node: SchemaNode, keyword: string, reference: string, where: string): void {
    this.#report.add({
      code: "lockstep/schema-reference",
      pointer: joinPointer(node.pointer, keyword),
      message: `${stringLiteral(reference)} leads to ${where}.`,
    });
  }

  note(finding: Finding): void {
    this.#report.add(finding);
  }

  /** Notes a format that nobody knows, at its first place. */
  noteFormat(node: SchemaNode, name: string, fix?: string): void {
    if (this.#formats.has(name)) return;
    const pointer = joinPointer(node.pointer, "format");
    this.#formats.set(name, fix === undefined ? { pointer } : { pointer, fix });
  }

  /** The named schema that this one is, or repeats; what only tests a value is called after that, and not after others. */
  #namesake(node: SchemaNode): SchemaNode | undefined {
    if (this.#named.has(node)) return node;
    if (isLeaf(node)) return undefined;
    this.#byContent ??= new Map([...this.#named.keys()].reverse().map((one) => [this.content.id(one), one]));
    return this.#byContent.get(this.content.id(node));
  }

  #unit(node: SchemaNode, wanted: Scope, module: ValidatorModule<Unit>, wish: string): Unit {
    const reach = this.#reach.of(node);
    const scope = narrow(enterResource(wanted, node.resource, this.store), reach);
    // What has a name keeps its function; all else is shared by content within its file, and with the schemas' file.
    const named = this.#named.get(node);
    const inFile = (path: string): string => `${path} ${String(this.content.id(node))} ${scopeKey(scope)}`;
    const key = named === undefined ? inFile(module.path) : `named ${named} ${scopeKey(scope)}`;
    const known =
      this.#units.get(key) ?? (named === undefined ? this.#units.get(inFile(this.schemas.path)) : undefined);
    if (known !== undefined) return known;
    const isPlain = named === wish && scope.direction === "both" && scope.dynamic.size === 0;
    const name = isPlain ? wish : this.#uniqueName(wish);
    const unit: Unit = {
      node,
      scope,
      name,
      module,
      recursive: reach.cyclic || reach.dynamic,
      repeats: reach.repeats,
      steps: [],
      reports: false,
      exported: false,
    };
    this.#units.set(key, unit);
    module.units.push(unit);
    this.#pending.push(unit);
    return unit;
  }

  #compile(unit: Unit): void {
    for (const node of this.#loops.from(unit.node)) {
      this.#report.add({
        code: "lockstep/schema-loop",
        pointer: node.pointer,
        message: "The schema refers to itself for the very same value, so checking it would never end.",
      });
    }
    unit.steps = this.build({
      compiler: this,
      unit,
      names: new LocalNames(),
      node: unit.node,
      scope: unit.scope,
      value: "value",
      at: "at",
      known: anyType,
      nesting: 0,
    });
  }

  /** `Template_1`, `Template_2`…: identifiers of named schemas never have an underscore after their first letter. */
  #uniqueName(wish: string): string {
    const base = wish.replace(/_\d+$/, "");
    const next = this.#names.get(base);
    this.#names.set(base, base === wish && next === undefined ? 1 : (next ?? 1) + 1);
    return base === wish && next === undefined ? wish : `${base}_${String(next ?? 1)}`;
  }

  /** A schema that is nothing but a reference needs no function of its own. */
  #pureReference(node: SchemaNode): SchemaNode | undefined {
    if (!isObject(node.schema) || Object.keys(node.schema).length !== 1) return undefined;
    const { $ref } = node.schema;
    return typeof $ref === "string" ? this.store.resolve(node, $ref) : undefined;
  }
}
