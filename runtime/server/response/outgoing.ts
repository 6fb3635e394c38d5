/** The last step of each response: the fields of the exchange, and no body for HEAD. */
import type { OutgoingResponse, ServerRequest } from "../exchange.ts";
import type { PreparedApi } from "../pipeline/prepare.ts";
import type { CheckedResponse } from "./check-response.ts";
import { withoutField } from "./response-fields.ts";

/** @param fields names and values in turn that the stages have added */
export function outgoing(
  { requestIds, cors }: Pick<PreparedApi, "requestIds" | "cors">,
  request: ServerRequest,
  { status, headers, body }: Omit<CheckedResponse, "code">,
  requestId: string,
  fields: readonly string[],
): OutgoingResponse {
  const { header } = requestIds;
  const all = withoutField(headers, header);
  all.push(header, requestId);
  for (const field of fields) all.push(field);
  if (cors !== undefined) for (const field of cors.fields(request)) all.push(field);
  if (request.method !== "HEAD" || body === undefined) return { status, headers: all, body };
  if (body instanceof ReadableStream) {
    body.cancel().catch(() => undefined);
    return { status, headers: all, body: undefined };
  }
  const length = typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
  return { status, headers: [...all, "content-length", String(length)], body: undefined };
}

/** A preflight names the methods of its path, whether `OPTIONS` is one of them or not. */
export function preflight(
  { requestIds, cors }: Pick<PreparedApi, "requestIds" | "cors">,
  request: ServerRequest,
  methods: readonly string[],
  requestId: string,
): OutgoingResponse {
  const fields = cors?.preflight(request, methods) ?? [];
  return { status: 204, headers: [...fields, requestIds.header, requestId], body: undefined };
}
