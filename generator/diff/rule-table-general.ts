/** Rules about everything but errors: operations, parameters, bodies, responses, servers, callbacks and webhooks. */
import { requestRules } from "./rule-table-requests.ts";
import { responseRules } from "./rule-table-responses.ts";

export const generalRules = { ...requestRules, ...responseRules };
