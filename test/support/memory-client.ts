/** A client of hand-written descriptors whose network is a function: for the runtime without a server or a generator. */
import { buildClient } from "../../runtime/client/create-client.ts";
import type { ApiDescriptor, OperationDescriptor } from "../../runtime/client/contract.ts";
import type { CallInput, ClientOptions } from "../../runtime/client/options.ts";
import type { AnyResult } from "../../runtime/client/call.ts";

export const thing: OperationDescriptor = {
  id: "getThing",
  method: "GET",
  path: "/thing",
  group: "things",
  name: "get",
  codes: {},
  ok: { 200: "json" },
};

type Call = ((input?: CallInput) => Promise<AnyResult> & { orThrow(): Promise<unknown> }) & {
  pages(input?: CallInput): AsyncIterable<AnyResult>;
};

/** The call of one operation. */
export function memoryCall(
  fetch: (request: Request) => Promise<Response> | Response,
  operation: Partial<OperationDescriptor> = {},
  options: ClientOptions = {},
  api: Partial<ApiDescriptor> = {},
): Call {
  const client: unknown = buildClient({ schemes: {}, ...api }, [{ ...thing, ...operation }], {
    baseUrl: "http://api.test",
    fetch: async (request) => fetch(request),
    retry: { attempts: 2, baseDelay: 0 },
    ...options,
  });
  // The descriptor says where the call is.
  return (client as { things: { get: Call } }).things.get;
}
