/** Who is calling, and may they: the alternatives of a security requirement against what the host knows. */
import type { ApiContract, SchemeUse } from "../contract.ts";
import { challenge, readCredentials, type Credentials } from "./credentials.ts";
import type { ServerRequest } from "../exchange.ts";
import type { Refusal } from "../response/failure.ts";
import { isThenable } from "../thenable.ts";

/** What the host says about valid credentials. */
export interface Grant<Principal> {
  readonly principal: Principal;
  /** The scopes that the credentials carry; none where absent. */
  readonly scopes?: Iterable<string>;
}

/** Credentials that are not valid, with the code that says why. */
export interface AnyDenial {
  readonly code: string;
  readonly details?: unknown;
}

/** A code and its details, out of those that a stage may raise. */
export type Denial<Details, Codes extends string> = {
  [Code in Codes]: { readonly code: Code } & DetailsMember<
    Code extends keyof Details ? Details[Code] : undefined
  >;
}[Codes];

type DetailsMember<Details> = [Details] extends [undefined]
  ? { readonly details?: undefined }
  : undefined extends Details
    ? { readonly details?: Details }
    : { readonly details: Details };

/**
 * The host's check of one scheme. `undefined`: not valid, with the first code of the stage; which of the possible reasons
 * stays unsaid, unless a code of its own says it.
 */
export type Authenticator<Principal, Of extends Credentials = Credentials, Denied = never> = (
  credentials: Of,
  request: ServerRequest,
) => Grant<Principal> | Denied | undefined | Promise<Grant<Principal> | Denied | undefined>;

/** The host's checks by scheme, whatever they take and give. */
export type AuthenticatorTable = Readonly<
  Record<string, Authenticator<unknown, Credentials, AnyDenial> | undefined>
>;

export interface Identity {
  /** Absent for anonymous calls. */
  readonly principal?: unknown;
  /** Scopes that the operation needs and the credentials lack: the authorization stage refuses them. */
  readonly missing?: readonly string[];
  /** Nobody was identified. */
  readonly refusal?: Refusal;
}

const anonymous: Identity = {};

/** Decides the security of one operation. */
export class Authentication {
  readonly #alternatives: readonly (readonly SchemeUse[])[];
  readonly #schemes: ApiContract["securitySchemes"];
  readonly #checks: AuthenticatorTable;
  readonly #invalidCredentials: Readonly<Record<string, "reject" | "ignore">>;
  readonly #unauthenticated: Identity;
  /** The one scheme of the one alternative: by far the most common case. */
  readonly #only: SchemeUse | undefined;

  constructor(
    alternatives: readonly (readonly SchemeUse[])[],
    { securitySchemes, title }: ApiContract,
    checks: AuthenticatorTable,
    invalidCredentials: Readonly<Record<string, "reject" | "ignore">>,
  ) {
    this.#alternatives = alternatives;
    this.#invalidCredentials = invalidCredentials;
    this.#schemes = securitySchemes;
    this.#checks = checks;
    const used = [...new Set(alternatives.flat().map(({ scheme }) => scheme))];
    const challenges = new Set(
      used.flatMap((name) => {
        const scheme = securitySchemes[name];
        return (scheme === undefined ? undefined : challenge(scheme, title)) ?? [];
      }),
    );
    // One field with a list (RFC 9110 §11.6.1): frameworks keep only the last of several.
    const headers = challenges.size === 0 ? [] : ["www-authenticate", [...challenges].join(", ")];
    const [first, ...others] = alternatives;
    this.#only = others.length === 0 && first?.length === 1 ? first[0] : undefined;
    this.#unauthenticated = { refusal: { stage: "authentication", headers } };
  }

  /**
   * The first alternative that holds entirely. Where one holds but for its scopes, the missing scopes; those of the
   * alternative that lacks the fewest. Credentials that are presented and not valid are refused even where anonymous
   * calls are welcome: the caller believes to be somebody.
   */
  identify(request: ServerRequest): Identity | Promise<Identity> {
    if (this.#only === undefined) return this.#identifyAny(request);
    const { scheme, scopes } = this.#only;
    const grant = this.#check(scheme, request);
    // Without waiting where the host knows at once.
    return isThenable(grant)
      ? Promise.resolve(grant).then((found) => this.#identityOf(found, scopes))
      : this.#identityOf(grant, scopes);
  }

  #identityOf(grant: Verdict, scopes: readonly string[]): Identity {
    if (grant === undefined || "code" in grant) return this.#denied(grant);
    const { principal } = grant;
    const missing = missingScopes(grant, scopes);
    return missing.length === 0 ? { principal } : { principal, missing };
  }

  #denied(denial: AnyDenial | undefined): Identity {
    const { refusal } = this.#unauthenticated;
    return denial === undefined || refusal === undefined
      ? this.#unauthenticated
      : { refusal: { ...refusal, code: denial.code, details: denial.details } };
  }

  async #identifyAny(request: ServerRequest): Promise<Identity> {
    let scopeless: (Identity & { readonly missing: readonly string[] }) | undefined;
    let admitsAnonymous = this.#alternatives.length === 0;
    const seen: Seen = { grants: new Map(), rejected: false, denial: undefined };
    for (const alternative of this.#alternatives) {
      if (alternative.length === 0) {
        admitsAnonymous = true;
        continue;
      }
      const outcome = await this.#tryAlternative(alternative, request, seen);
      if (outcome === undefined) continue;
      if (outcome.missing.length === 0) return { principal: outcome.principal };
      if (scopeless === undefined || outcome.missing.length < scopeless.missing.length) scopeless = outcome;
    }
    if (scopeless !== undefined) return scopeless;
    return admitsAnonymous && !seen.rejected ? anonymous : this.#denied(seen.denial);
  }

  async #tryAlternative(
    uses: readonly SchemeUse[],
    request: ServerRequest,
    seen: Seen,
  ): Promise<{ readonly principal: unknown; readonly missing: readonly string[] } | undefined> {
    let first: Grant<unknown> | undefined;
    const missing: string[] = [];
    for (const { scheme, scopes } of uses) {
      const grant = await this.#grant(scheme, request, seen);
      if (grant === undefined) return undefined;
      first ??= grant;
      for (const scope of missingScopes(grant, scopes)) if (!missing.includes(scope)) missing.push(scope);
    }
    return { principal: first?.principal, missing };
  }

  /** Asks the host once per scheme and request, whatever the number of alternatives that name it. */
  async #grant(name: string, request: ServerRequest, seen: Seen): Promise<Grant<unknown> | undefined> {
    if (seen.grants.has(name)) return seen.grants.get(name);
    const verdict = await this.#check(name, request);
    const grant = verdict === undefined || "code" in verdict ? undefined : verdict;
    if (grant === undefined && this.#isPresented(name, request)) {
      if (this.#invalidCredentials[name] !== "ignore") seen.rejected = true;
      if (verdict !== undefined && "code" in verdict) seen.denial ??= verdict;
    }
    seen.grants.set(name, grant);
    return grant;
  }

  #check(name: string, request: ServerRequest): Verdict | Promise<Verdict> {
    const scheme = this.#schemes[name];
    const credentials = scheme === undefined ? undefined : readCredentials(scheme, request);
    if (credentials === undefined) return undefined;
    return this.#checks[name]?.(credentials, request);
  }

  #isPresented(name: string, request: ServerRequest): boolean {
    const scheme = this.#schemes[name];
    // A connection has no certificate to present, or presents it everywhere.
    return (
      scheme !== undefined && scheme.type !== "mutualTLS" && readCredentials(scheme, request) !== undefined
    );
  }
}

const noScopes: readonly string[] = [];

function missingScopes({ scopes }: Grant<unknown>, needed: readonly string[]): readonly string[] {
  if (needed.length === 0) return noScopes;
  const carried = scopes instanceof Set ? scopes : new Set(scopes);
  return needed.filter((scope) => !carried.has(scope));
}

interface Seen {
  readonly grants: Map<string, Grant<unknown> | undefined>;
  /** Some credentials were presented and found invalid. */
  rejected: boolean;
  /** The first code that said why. */
  denial: AnyDenial | undefined;
}

type Verdict = Grant<unknown> | AnyDenial | undefined;
