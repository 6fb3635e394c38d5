/** Where credentials come from: flows and addresses of schemes that operations of both sides use. */
import { asObject } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { quoted } from "../wording.ts";
import type { Comparison } from "./comparison.ts";

/** Reports schemes of one name whose credentials are issued elsewhere; what callers must present has rules of its own. */
export function compareSchemes(comparison: Comparison): void {
  const { pair, closures } = comparison;
  for (const before of pair.base.securitySchemes) {
    const after = pair.revision.securitySchemes.find(({ name }) => name === before.name);
    if (after === undefined || after.type !== before.type) continue;
    const [one, other] = [issuer(pair.base, before), issuer(pair.revision, after)];
    if (closures.same(one, other)) continue;
    for (const { revision } of pair.operations.filter(({ base }) => uses(base.security, before.name))) {
      const message = `Credentials of ${quoted(before.name)} are issued in another way`;
      const found = { base: before.pointer, revision: after.pointer, subject: before.name, message };
      comparison.report({ ...found, rule: "security-scheme-changed" }, revision.id);
    }
  }
}

function uses(security: readonly { schemes: readonly { scheme: string }[] }[], name: string): boolean {
  return security.some(({ schemes }) => schemes.some(({ scheme }) => scheme === name));
}

/** Flows without their scopes, which operations name. */
function issuer({ document }: ApiModel, { pointer }: SecurityScheme) {
  const { flows, openIdConnectUrl = null, bearerFormat = null } = asObject(resolvePointer(document, pointer));
  const addresses = Object.entries(asObject(flows)).map(([name, flow]) => {
    const { scopes: _scopes, ...rest } = asObject(flow);
    return [name, rest] as const;
  });
  return { flows: Object.fromEntries(addresses), openIdConnectUrl, bearerFormat };
}
