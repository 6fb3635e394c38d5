/** One schema applied to one value: what every keyword's compiler is given. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { JsonObject } from "../../json/json.ts";
import { escapeToken } from "../../json/pointer.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { FormatLevels } from "../../openapi/reading.ts";
import type { LocalNames } from "../code/local-names.ts";
import type { FactIndex, Tag } from "../analyse/facts.ts";
import type { Scope } from "../analyse/scope.ts";
import type { Resource, SchemaNode, SchemaStore } from "../analyse/store.ts";
import { anyType, type TypeSet } from "../analyse/types.ts";
import type { Step, Unit } from "../code/steps.ts";

/** What a keyword may ask of the compiler. */
export interface SiteCompiler {
  readonly store: SchemaStore;
  readonly facts: FactIndex;
  readonly formats: FormatLevels;
  /** The steps that decide whether the value of a site is valid. */
  build(site: SchemaSite): Step[];
  shared(node: SchemaNode, scope: Scope): Unit;
  inline(owner: Unit, node: SchemaNode, scope: Scope, wish?: string): Unit;
  isInlined(node: SchemaNode): boolean;
  isInlinedVariant(node: SchemaNode): boolean;
  isShallow(node: SchemaNode): boolean;
  isHoisted(node: SchemaNode, nesting: number): boolean;
  asserts(resource: Resource): boolean;
  pattern(site: Site, source: string, ...tokens: readonly string[]): string | undefined;
  unsupported(node: SchemaNode, keyword: string, message: string): void;
  dangling(node: SchemaNode, keyword: string, reference: string, where: string): void;
  note(finding: Finding): void;
  noteFormat(node: SchemaNode, name: string, fix?: string): void;
}

/** A site whose schema may still be a boolean. */
export interface SchemaSite {
  readonly compiler: SiteCompiler;
  /** The function that is being compiled. */
  readonly unit: Unit;
  readonly names: LocalNames;
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** The variable that holds the value. */
  readonly value: string;
  /** The value's place: an expression. */
  readonly at: string;
  /** Types that the value can still have here. TypeScript's narrowing of the variable never knows more. */
  readonly known: TypeSet;
  /** The variable that holds the own members of the value, where it is known to be an object. */
  readonly view?: string | undefined;
  /** A member of the value that is known to be one of these constants. */
  readonly tag?: { readonly member: string; readonly values: readonly Tag[] } | undefined;
  /** Members that another part of an `allOf` around this schema keeps out of messages in this direction. */
  readonly hidden?: ReadonlySet<string> | undefined;
  /** Besides its type, a comparison is all that is asked of the value. */
  readonly alone?: boolean;
  /** How many inline schemas deep: beyond some, schemas get functions of their own. */
  readonly nesting: number;
}

export interface Site extends SchemaSite {
  readonly schema: JsonObject;
}

/** The place of a member with a known name. */
export function placeIn(at: string, name: string): string {
  const text = stringLiteral(`/${escapeToken(name)}`);
  // A literal that ends in another one.
  return at.endsWith('"') ? at.slice(0, -1) + text.slice(1) : `${at} + ${text}`;
}

/** The place of an item, or of a member whose name only the running validator knows; `step` is an expression. */
export function placeAt(at: string, step: string): string {
  return `${at.endsWith('"') ? `${at.slice(0, -1)}/"` : `${at} + "/"`} + ${step}`;
}

/** The subschema applied to a member or an item, held by another variable. */
export function member(site: SchemaSite, node: SchemaNode, value: string, at: string): SchemaSite {
  return {
    ...site,
    node,
    value,
    at,
    view: undefined,
    tag: undefined,
    hidden: undefined,
    known: anyType,
    nesting: site.nesting + 1,
  };
}
