/** The part of `validators/http.ts` that checks whole requests and responses. */

/** Requests: parameters and body. */
export const requestText = String.raw`
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
  read(contentType: string | null | undefined, raw: unknown, limit = 20): Checked<Content[keyof Content] | undefined> {
    if (raw === undefined) return this.required ? { issues: [missingBody()] } : { value: undefined };
    const media = this.match(contentType);
    return media === undefined ? { issues: [this.#wrongType()] } : media.read(raw, limit);
  }

  #wrongType(): RequestIssue {
    const expected = this.content.map((media) => media.mediaType).join(", ");
    return plainIssue("body", { pointer: "", rule: "mediaType", message: "", expected });
  }
}

const places = ["path", "query", "header", "cookie"] as const;

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
      found.push(...noted);
    }
    if (found.length > 0) return { issues: found };
    // The readers and validators behind it were made from the same document as this type.
    return { value: value as ParametersOf<Operation> };
  }
}

/** The headers in lower case, where a request may go without all of them; else none. */
function optionalNames(parameters: readonly Parameter[] = []): readonly string[] {
  const isOptional = ({ required, fallback }: Parameter): boolean => required !== true && fallback === undefined;
  return parameters.every(isOptional) ? parameters.map(({ name }) => name.toLowerCase()) : [];
}

/** Headers that a request may go without, and does: the usual case of "Idempotency-Key" and its like. */
function areAbsent(names: readonly string[], { header = noHeader }: RawParameters): boolean {
  try {
    return names.length > 0 && names.every((name) => header(name) === undefined);
  } catch {
    return false;
  }
}

function readPlace(
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
      if (!source.taken.has(name) && contract.queryKeys?.includes(name) !== true) issues.add("/" + token(name), "additionalProperties");
    }
  }
  return values;
}

function sourceOf(place: (typeof places)[number], raw: RawParameters, maxPairs: number): Source | undefined {
  const { path = {}, query = "", header = noHeader } = raw;
  if (place === "path") return pathSource(path);
  if (place === "header") return headerSource(header);
  if (place === "query") return querySource(query.startsWith("?") ? query.slice(1) : query, maxPairs);
  const cookies = header("cookie");
  return cookieSource(typeof cookies === "object" ? (cookies ?? []).join("; ") : String(cookies ?? ""), maxPairs);
}

function noHeader(): undefined {
  return undefined;
}`;

/** Responses: status, headers and body. */
export const responseText = String.raw`
/** One declared response. */
export class ResponseValidator<Response = unknown> {
  /** "200", "4XX" or "default". */
  readonly status: string;
  readonly content: readonly MediaValidator<BodyAt<Response>>[];
  readonly #contract: ResponseContract;

  constructor(status: string, contract: ResponseContract) {
    this.status = status;
    this.content = contentOf<BodyAt<Response>>(contract);
    this.#contract = contract;
  }

  /** The media type that a Content-Type stands for. */
  match(contentType: string | null | undefined): MediaValidator<BodyAt<Response>> | undefined {
    return bestMatch(this.content, contentType);
  }

  /** Decodes and checks the declared headers. */
  headers(header: HeaderLookup, limit = 20): { readonly value: HeadersAt<Response>; readonly issues?: undefined } | { readonly value?: undefined; readonly issues: readonly ResponseIssue[] } {
    const { headers } = this.#contract;
    let values: unknown = {};
    const issues = new Issues(limit);
    const read = (): void => {
      values = readParameters(headers ?? [], headerSource(header), issues);
    };
    const found = headers === undefined ? [] : noting("header", issues, read);
    // The readers and validators behind it were made from the same document as this type.
    return found.length > 0 ? { issues: found } : { value: values as HeadersAt<Response> };
  }

  /** Everything but the status. */
  check(answer: Omit<Answer, "status">, limit = 20): ResponseIssue[] {
    const found = [...(this.headers(answer.header, limit).issues ?? [])];
    return found.length >= limit ? found : [...found, ...this.#bodyIssues(answer, limit - found.length)];
  }

  #bodyIssues({ contentType, body }: Omit<Answer, "status">, limit: number): ResponseIssue[] {
    if (this.#contract.bodiless === true) return [];
    if (this.content.length === 0) return body === undefined ? [] : [bodyIssue("surplus")];
    if (body === undefined) return [bodyIssue("required")];
    const media = this.match(contentType);
    if (media !== undefined) return media.is(body) ? [] : media.collect(body, limit).map((issue) => ({ ...issue, in: "body" }));
    return [bodyIssue("mediaType", this.content.map((one) => one.mediaType).join(", "))];
  }
}

function bodyIssue(rule: string, expected?: string): ResponseIssue {
  return plainIssue("body", { pointer: "", rule, message: "is required", ...(expected === undefined ? {} : { expected }) });
}

/** Every declared response of one operation. */
export class ResponsesValidator<Operation> {
  readonly #contracts: ResponsesContract;
  #known: Map<string, ResponseValidator> | undefined;

  constructor(contracts: ResponsesContract) {
    this.#contracts = contracts;
  }

  /** The response to a status: declared exactly, else by its range, else the default (OpenAPI 3.1.2 §4.8.16). */
  match<Status extends number>(status: Status): ResponseValidator<ResponseAt<Operation, Status>> | undefined {
    const exact = String(status);
    const keys = [exact, exact.charAt(0) + "XX", "default"];
    const key = keys.find((one) => Object.hasOwn(this.#contracts, one));
    const contract = key === undefined ? undefined : this.#contracts[key];
    if (key === undefined || contract === undefined) return undefined;
    this.#known ??= new Map();
    const known = this.#known.get(key);
    // What the map holds for a status was made for that status.
    if (known !== undefined) return known as ResponseValidator<ResponseAt<Operation, Status>>;
    const fresh = new ResponseValidator<ResponseAt<Operation, Status>>(key, contract);
    this.#known.set(key, fresh);
    return fresh;
  }

  /** Everything that an answer must be: a declared status, its headers, its media type, its body. */
  check(answer: Answer, limit = 20): ResponseIssue[] {
    const response = this.match(answer.status);
    if (response !== undefined) return response.check(answer, limit);
    return [plainIssue("status", { pointer: "", rule: "status", message: "" })];
  }
}`;
