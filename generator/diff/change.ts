/** What the guard finds: one change of the contract, who breaks, and why. Plain data, ready for every report. */
import type { Json, JsonObject } from "../json/json.ts";
import type { Pointer } from "../model/api-model.ts";

export const impacts = ["safe", "risky", "breaking"] as const;
/** `breaking`: somebody's working program stops working. `risky`: it may, a person must decide. `safe`: it does not. */
export type Impact = (typeof impacts)[number];

export const clientKinds = ["old-client", "new-client", "exhaustive"] as const;
/**
 * Who can break. `old-client`: a deployed client meets the new server. `new-client`: a client of the revision meets a
 * server that still runs the base (a rollback, a slow rollout). `exhaustive`: a client that is generated anew and lists
 * every code without a case for unknown ones, or that rejects members it does not know.
 */
export type ClientKind = (typeof clientKinds)[number];

export type ImpactByClient = Readonly<Record<ClientKind, Impact>>;

export const bumps = ["none", "patch", "minor", "major"] as const;
/** A part of a semantic version (https://semver.org). */
export type Bump = (typeof bumps)[number];

/** A message that one side accepts and the other refuses: the proof of a finding. */
export interface Counterexample {
  /** `response`: what a server sends. `request`: what a client sends. */
  readonly kind: "request" | "response";
  /** Which validator accepts it; the other side's refuses it. */
  readonly acceptedBy: "base" | "revision";
  /** The operation, under the id that it has on the accepting side; absent where no common one returns the code. */
  readonly operation?: string;
  /** One line: what it is, such as `409 response of sendBroadcast`. */
  readonly title: string;
  readonly message: JsonObject;
}

/** What a rule reports, before anybody has rated it. */
export interface Draft<Rule extends string = string> {
  readonly rule: Rule;
  /** What it is about: an error code, a header, a scope, an operation. Ignore entries name it. */
  readonly subject: string;
  /** One sentence with the names in it. Plain text; names stand in backticks. */
  readonly message: string;
  /** Ids of the operations that it touches, in document order. */
  readonly operations?: readonly string[];
  /** Where it stands in the expanded documents. */
  readonly base?: Pointer;
  readonly revision?: Pointer;
  /** The error code it belongs to, where that is not the subject. */
  readonly code?: string;
  readonly counterexample?: Counterexample;
  /** The `x-stability` of what has changed, where that is neither a code nor an operation. */
  readonly stability?: string;
  /** A header's value with which the search for a proof begins; its name in lower case. */
  readonly header?: { readonly name: string; readonly value: Json };
}

/** A rated change. */
export interface Change {
  readonly rule: string;
  readonly impact: Impact;
  readonly clients: ImpactByClient;
  /** The least version bump that announces it honestly. */
  readonly bump: Bump;
  readonly subject: string;
  readonly message: string;
  /** What to do about it, one sentence in the imperative. */
  readonly advice: string;
  readonly operations: readonly string[];
  readonly base?: Pointer;
  readonly revision?: Pointer;
  readonly counterexample?: Counterexample;
  /** The `x-stability` level that lowered the impact. */
  readonly stability?: string;
}

/** The worse of two. */
export function worseImpact(a: Impact, b: Impact): Impact {
  return impacts.indexOf(a) > impacts.indexOf(b) ? a : b;
}

/** True if `impact` is at least as bad as `limit`. */
export function reaches(impact: Impact, limit: Impact): boolean {
  return impacts.indexOf(impact) >= impacts.indexOf(limit);
}

/** The larger of two. */
export function largerBump(a: Bump, b: Bump): Bump {
  return bumps.indexOf(a) > bumps.indexOf(b) ? a : b;
}
