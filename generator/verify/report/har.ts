/** HTTP Archive 1.2 of what was sent and received, with credentials masked. */
import type { Exchange, ProbeRequest } from "../exchange.ts";
import { headerOf } from "../exchange.ts";
import type { Secrets } from "../secrets.ts";

export function renderHar(
  exchanges: readonly Exchange[],
  baseUrl: string,
  secrets: Secrets,
  version: string,
): string {
  const log = {
    version: "1.2",
    creator: { name: "lockstep verify", version },
    entries: exchanges.map((exchange) => entry(exchange, baseUrl, secrets)),
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}

function entry(
  { request, response, failure, startedAt, milliseconds }: Exchange,
  baseUrl: string,
  secrets: Secrets,
): object {
  const url = secrets.mask(`${baseUrl}${request.target}`);
  return {
    startedDateTime: startedAt,
    time: Math.round(milliseconds),
    request: sent(request, url, secrets),
    response: {
      status: response?.status ?? 0,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: fields(response?.headers ?? [], secrets),
      content: {
        size: Buffer.byteLength(response?.body ?? ""),
        mimeType: (response === undefined ? undefined : headerOf(response, "content-type")) ?? "",
        text: secrets.mask(response?.body ?? ""),
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      ...(failure === undefined ? {} : { _error: secrets.mask(failure.message) }),
    },
    cache: {},
    timings: { send: 0, wait: Math.round(milliseconds), receive: 0 },
  };
}

function sent(request: ProbeRequest, url: string, secrets: Secrets): object {
  const query = request.target.split("?")[1] ?? "";
  return {
    method: request.method,
    url,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: fields(request.headers, secrets),
    queryString: [...new URLSearchParams(query)].map(([name, value]) => ({
      name,
      value: secrets.mask(value),
    })),
    ...(request.body === undefined
      ? {}
      : {
          postData: {
            mimeType: headerOf(request, "content-type") ?? "",
            text: secrets.mask(request.body),
          },
        }),
    headersSize: -1,
    bodySize: request.body === undefined ? 0 : Buffer.byteLength(request.body),
  };
}

function fields(headers: ProbeRequest["headers"], secrets: Secrets): object[] {
  return headers.map(([name, value]) => ({ name, value: secrets.mask(value) }));
}
