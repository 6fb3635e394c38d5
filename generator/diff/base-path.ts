/** The addresses of servers, and the path that they have in common. */
import { asArray, asObject, asText, type Json } from "../json/json.ts";
import type { ApiModel } from "../model/api-model.ts";

/** Values of the variables of one server that are filled in. */
const maxAddresses = 64;

/** One address for each value of the variables. */
export function addressesOf(server: Json): readonly string[] {
  const { url, variables } = asObject(server);
  if (typeof url !== "string") return [];
  let urls = [url];
  for (const [name, variable] of Object.entries(asObject(variables))) {
    const { enum: values, default: standard } = asObject(variable);
    const texts = asArray(values).length > 0 ? asArray(values) : [standard ?? ""];
    const next = urls.flatMap((one) => texts.map((text) => one.replaceAll(`{${name}}`, asText(text, ""))));
    if (next.length <= maxAddresses) urls = next;
  }
  return urls;
}

/** The path that all servers of the document begin with: `/v1`; `""` where they differ. */
export function basePath({ document }: ApiModel): string {
  const paths = new Set(asArray(document["servers"]).flatMap(addressesOf).map(pathOf));
  const [only, ...others] = paths;
  return only !== undefined && others.length === 0 ? only : "";
}

function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/\/+$/, "");
}
