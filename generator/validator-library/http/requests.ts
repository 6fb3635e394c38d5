/** Whole requests: parameters and body. */
import type { Parameter, Source } from "../parameters/contract.ts";
import { readParameters } from "../parameters/read.ts";
import { cookieSource, headerSource, pathSource, querySource } from "../parameters/sources.ts";
import { Issues, token } from "../runtime/issues.ts";
import type {
  BodyContract,
  Checked,
  ContentOf,
  ParameterOptions,
  ParametersOf,
  RawParameters,
  RequestContract,
  RequestIssue,
} from "./contract.ts";
import { noting, plainIssue } from "./issues.ts";
import { bestMatch, contentOf, missingBody, type MediaValidator } from "./media.ts";

/** The body of a request. Without any media type: the operation takes none. */
export class BodyValidator<Content> {
  readonly required: boolean;
  readonly content: readonly MediaValidator<Content[keyof Content]>[];

  constructor(contract: BodyContract | undefined) {
    this.required = contract?.required === true;
    this.content = contentOf<Content[keyof Content]>(contract);
  }

  /** The media type that a Content-Type stands for, the most exact first; parameters that are declared must be there. */
  match(contentType: string | null | undefined): MediaValidator<Content[keyof Content]> | undefined {
    return bestMatch(this.content, contentType);
  }

  /** Everything at once: presence, media type, decoding, schema. The raw body is undefined where no body came. */
  read(
    contentType: string | null | undefined,
    raw: unknown,
    limit = 20,
  ): Checked<Content[keyof Content] | undefined> {
    if (raw === undefined) return this.required ? { issues: [missingBody()] } : { value: undefined };
    const media = this.match(contentType);
    return media === undefined ? { issues: [this.#wrongType()] } : media.read(raw, limit);
  }

  #wrongType(): RequestIssue {
    const expected = this.content.map((media) => media.mediaType).join(", ");
    return plainIssue("body", { pointer: "", rule: "mediaType", message: "", expected });
  }
}

export const places = ["path", "query", "header", "cookie"] as const;

/** Everything that a request of one operation carries. */
export class RequestValidator<Operation> {
  readonly #contract: RequestContract;
  #body: BodyValidator<ContentOf<Operation>> | undefined;
  /** The places that have parameters. */
  #used: readonly (typeof places)[number][] | undefined;
  #optional: readonly string[] | undefined;

  constructor(contract: RequestContract) {
    this.#contract = contract;
  }

  /** Made when it is first asked for: an API has many operations, and every program imports them all. */
  get body(): BodyValidator<ContentOf<Operation>> {
    this.#body ??= new BodyValidator(this.#contract.body);
    return this.#body;
  }

  /** Parts that are not checked in full, such as `query since` and `body application/xml`. */
  get unchecked(): readonly string[] {
    return this.#contract.unchecked ?? [];
  }

  /** Decodes, coerces and checks all parameters; fills in defaults. */
  parameters(raw: RawParameters, options: ParameterOptions = {}): Checked<ParametersOf<Operation>> {
    const { limit = 20 } = options;
    const value: Record<string, unknown> = {};
    const found: RequestIssue[] = [];
    this.#used ??= places.filter((place) => this.#contract[place] !== undefined);
    for (const place of options.unknownQuery === "reject" ? places : this.#used) {
      const parameters = this.#contract[place];
      const isChecked = place === "query" && options.unknownQuery === "reject";
      if ((parameters === undefined && !isChecked) || found.length >= limit) continue;
      if (place === "header" && areAbsent((this.#optional ??= optionalNames(parameters)), raw)) {
        value[place] = {};
        continue;
      }
      const issues = new Issues(limit - found.length);
      const noted = noting(place, issues, () => {
        const values = readPlace(place, this.#contract, raw, options, issues);
        if (parameters !== undefined) value[place] = values;
      });
      for (const issue of noted) found.push(issue);
    }
    if (found.length > 0) return { issues: found };
    // The readers and validators behind it were made from the same document as this type.
    return { value: value as ParametersOf<Operation> };
  }
}

/** The headers in lower case, where a request may go without all of them; else none. */
export function optionalNames(parameters: readonly Parameter[] = []): readonly string[] {
  const isOptional = ({ required, fallback }: Parameter): boolean =>
    required !== true && fallback === undefined;
  return parameters.every(isOptional) ? parameters.map(({ name }) => name.toLowerCase()) : [];
}

/** Headers that a request may go without, and does: the usual case of "Idempotency-Key" and its like. */
export function areAbsent(names: readonly string[], { header = noHeader }: RawParameters): boolean {
  try {
    return names.length > 0 && names.every((name) => header(name) === undefined);
  } catch {
    return false;
  }
}

export function readPlace(
  place: (typeof places)[number],
  contract: RequestContract,
  raw: RawParameters,
  { unknownQuery, maxPairs = 1000 }: ParameterOptions,
  issues: Issues,
): Record<string, unknown> | undefined {
  const source = sourceOf(place, raw, maxPairs);
  if (source === undefined) {
    issues.add("", "pairs", maxPairs);
    return undefined;
  }
  const values = readParameters(contract[place] ?? [], source, issues);
  if (place === "query" && unknownQuery === "reject") {
    for (const name of source.pairs.keys()) {
      if (!source.taken.has(name) && contract.queryKeys?.includes(name) !== true)
        issues.add("/" + token(name), "additionalProperties");
    }
  }
  return values;
}

export function sourceOf(
  place: (typeof places)[number],
  raw: RawParameters,
  maxPairs: number,
): Source | undefined {
  const { path = {}, query = "", header = noHeader } = raw;
  if (place === "path") return pathSource(path);
  if (place === "header") return headerSource(header);
  if (place === "query") return querySource(query.startsWith("?") ? query.slice(1) : query, maxPairs);
  const cookies = header("cookie");
  return cookieSource(
    typeof cookies === "object" ? (cookies ?? []).join("; ") : String(cookies ?? ""),
    maxPairs,
  );
}

export function noHeader(): undefined {
  return undefined;
}
