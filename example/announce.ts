/** Says where the service is and what to try. */
import type { SeededOrganization } from "./seed/seed.ts";

/** One line, for scripts. */
export function announceAsJson(url: string, organizations: readonly SeededOrganization[]): string {
  return JSON.stringify({ url, organizations });
}

/** For people. */
export function announceAsText(url: string, organizations: readonly SeededOrganization[]): string {
  const [first] = organizations;
  return [
    `The API is at ${url}`,
    ...organizations.flatMap((organization) => ["", ...keyLines(organization)]),
    ...(first === undefined ? [] : ["", "Try:", "", ...curlLines(url, first)]),
  ].join("\n");
}

function keyLines({ name, id, keys }: SeededOrganization): string[] {
  return [
    `${name} (${id})`,
    ...keys.map(({ key, scopes, allowSends }) => {
      const sends = allowSends ? "may send" : "must not send";
      return `  ${key}  ${scopes.length} scopes, ${sends}`;
    }),
  ];
}

function curlLines(url: string, { keys, templateId, segmentId }: SeededOrganization): string[] {
  const key = keys[0]?.key ?? "";
  const post = `curl -s -H 'x-api-key: ${key}' -H 'content-type: application/json'`;
  const prepare = JSON.stringify({ name: "First try", templateId, segmentId });
  return [
    `curl -s -H 'x-api-key: ${key}' ${url}/templates`,
    "",
    `${post} -d '${prepare}' ${url}/broadcasts/prepare`,
    "",
    `${post} -H 'idempotency-key: first-try' -d '{"preparedSendId":"…"}' ${url}/broadcasts/send-prepared`,
  ];
}
