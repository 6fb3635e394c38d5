/** Whole responses: status, headers and body. */
import { readParameters } from "../parameters/read.ts";
import { headerSource, type HeaderLookup } from "../parameters/sources.ts";
import { Issues } from "../runtime/issues.ts";
import type {
  ResponseMessage,
  BodyAt,
  HeadersAt,
  ResponseAt,
  ResponseContract,
  ResponseIssue,
  ResponsesContract,
} from "./contract.ts";
import { noting, plainIssue } from "./issues.ts";
import { bestMatch, contentOf, type MediaValidator } from "./media.ts";

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
  headers(
    header: HeaderLookup,
    limit = 20,
  ):
    | { readonly value: HeadersAt<Response>; readonly issues?: undefined }
    | { readonly value?: undefined; readonly issues: readonly ResponseIssue[] } {
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
  check(message: Omit<ResponseMessage, "status">, limit = 20): ResponseIssue[] {
    const found = [...(this.headers(message.header, limit).issues ?? [])];
    return found.length >= limit ? found : [...found, ...this.#bodyIssues(message, limit - found.length)];
  }

  #bodyIssues({ contentType, body }: Omit<ResponseMessage, "status">, limit: number): ResponseIssue[] {
    if (this.#contract.bodiless === true) return [];
    if (this.content.length === 0) return body === undefined ? [] : [bodyIssue("surplus")];
    if (body === undefined) return [bodyIssue("required")];
    const media = this.match(contentType);
    if (media !== undefined)
      return media.is(body) ? [] : media.collect(body, limit).map((issue) => ({ ...issue, in: "body" }));
    return [bodyIssue("mediaType", this.content.map((one) => one.mediaType).join(", "))];
  }
}

export function bodyIssue(rule: string, expected?: string): ResponseIssue {
  return plainIssue("body", {
    pointer: "",
    rule,
    message: "is required",
    ...(expected === undefined ? {} : { expected }),
  });
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
    if (known !== undefined) return known;
    const fresh = new ResponseValidator<ResponseAt<Operation, Status>>(key, contract);
    this.#known.set(key, fresh);
    return fresh;
  }

  /** Everything that a response must be: a declared status, its headers, its media type, its body. */
  check(message: ResponseMessage, limit = 20): ResponseIssue[] {
    const response = this.match(message.status);
    if (response !== undefined) return response.check(message, limit);
    return [plainIssue("status", { pointer: "", rule: "status", message: "" })];
  }
}
