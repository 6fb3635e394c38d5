/** A probe: requests that put one promise to the test, and what has to come back. */
import type { Stage } from "../contract/vocabulary.ts";
import type { Json } from "../json/json.ts";
import type { ApiModel, Operation } from "../model/api-model.ts";
import type { Exchange, ProbeRequest } from "./exchange.ts";
import type { VerifyRule } from "./finding.ts";

/** `none`: a stage before the handler must stop it, or it reads only. */
export type ProbeRisk = "none" | "write" | "load";

/** Made when its turn comes; `undefined` where an earlier response leads no further. */
export type LaterRequest = (earlier: readonly Exchange[]) => ProbeRequest | undefined;

export interface ProbeStep {
  /** Whose response it is; absent for paths that the document does not have. */
  readonly operation?: Operation;
  readonly request: ProbeRequest | LaterRequest;
  /** Sends it at the same time as the step before. */
  readonly withPrevious?: boolean;
}

export interface Objection {
  readonly rule: VerifyRule;
  readonly message: string;
  /** Of the promise; the operation's where absent. */
  readonly pointer?: string;
  /** Which of the probe's exchanges show it; all where absent. */
  readonly exchanges?: readonly number[];
}

export interface Probe {
  /** `authentication/missing`. */
  readonly name: string;
  readonly stage: Stage;
  readonly operation?: Operation;
  readonly risk: ProbeRisk;
  /** Who calls. */
  readonly actor?: string;
  /** For people: `401 unauthorized`. */
  readonly expects: string;
  readonly steps: readonly ProbeStep[];
  /** True if a success, once it comes, is a fault that stops the operation. */
  readonly mustFail: boolean;
  /** `exchanges` has a response for every step that was sent. */
  readonly classify: (
    exchanges: readonly Exchange[],
    bodies: readonly (Json | undefined)[],
  ) => readonly Objection[];
  /** Cells of the matrix that the probe is meant to reach. */
  readonly aims: readonly { readonly status: string; readonly code: string | null }[];
}

/** What every maker of probes is given. */
export interface ProbeContext {
  readonly model: ApiModel;
  readonly allowWrites: boolean;
  readonly allowLoad: boolean;
}

/** True of methods that are safe (RFC 9110 §9.2.1). */
export function isSafe({ method }: Operation): boolean {
  return method === "get" || method === "head" || method === "options" || method === "query";
}
