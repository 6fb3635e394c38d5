/** The same small program on several clients: calls of GitHub's API, each with its error handled and one member of its data read. */

export interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly params?: { readonly path?: Values; readonly query?: Values };
  readonly body?: object;
  /** Of success. */
  readonly status: number;
  /** A member of the data. */
  readonly member?: string;
}

type Values = Readonly<Record<string, string | number>>;

const repo = { owner: "o", repo: "r" };
const repoPath = "/repos/{owner}/{repo}";
const gist = { path: { gist_id: "g" } };
const first = { path: { ...repo, pull_number: 1 } };

export const githubCalls: readonly Call[] = [
  get("repos/get", repoPath, { path: repo }, "full_name"),
  get("issues/list-for-repo", `${repoPath}/issues`, { path: repo, query: { state: "open" } }, "length"),
  send("issues/create", "POST", `${repoPath}/issues`, { path: repo }, { title: "t" }, 201, "number"),
  get("issues/get", `${repoPath}/issues/{issue_number}`, { path: { ...repo, issue_number: 1 } }, "title"),
  get("pulls/list", `${repoPath}/pulls`, { path: repo, query: { state: "open" } }, "length"),
  get("pulls/get", `${repoPath}/pulls/{pull_number}`, first, "title"),
  send("pulls/create", "POST", `${repoPath}/pulls`, { path: repo }, { head: "h", base: "b" }, 201, "number"),
  send("pulls/merge", "PUT", `${repoPath}/pulls/{pull_number}/merge`, first, { sha: "s" }, 200, "sha"),
  get("repos/get-latest-release", `${repoPath}/releases/latest`, { path: repo }, "tag_name"),
  get("actions/list-workflow-runs-for-repo", `${repoPath}/actions/runs`, { path: repo }, "total_count"),
  get("repos/list-branches", `${repoPath}/branches`, { path: repo }, "length"),
  get("orgs/get", "/orgs/{org}", { path: { org: "o" } }, "login"),
  get("repos/list-for-org", "/orgs/{org}/repos", { path: { org: "o" } }, "length"),
  get("users/get-by-username", "/users/{username}", { path: { username: "u" } }, "login"),
  get("search/repos", "/search/repositories", { query: { q: "q" } }, "total_count"),
  get("gists/get", "/gists/{gist_id}", gist, "id"),
  send("gists/create", "POST", "/gists", undefined, { files: { a: { content: "a" } } }, 201, "id"),
  { id: "gists/delete", method: "DELETE", path: "/gists/{gist_id}", params: gist, status: 204 },
  get("rate-limit/get", "/rate_limit", undefined, "resources"),
  get("licenses/get-all-commonly-used", "/licenses", { query: { per_page: 5 } }, "length"),
];

function get(id: string, path: string, params: Call["params"], member: string): Call {
  return { id, method: "GET", path, ...(params && { params }), status: 200, member };
}

function send(
  ...[id, method, path, params, body, status, member]: [
    id: string,
    method: string,
    path: string,
    params: Call["params"],
    body: object,
    status: number,
    member: string,
  ]
): Call {
  return { id, method, path, ...(params && { params }), body, status, member };
}

/** openapi-fetch. */
export function fetchProgram(types: string, calls: readonly Call[]): string {
  const head = `import createClient from "openapi-fetch";
import type { paths } from "${types}";
const client = createClient<paths>({ baseUrl: "https://api.github.com" });`;
  return program(head, calls, (call) => pathCall(call, "[response, error]"));
}

export function lockstepProgram(calls: readonly Call[]): string {
  const head = `import { createClient } from "./lockstep/client.js";\nconst client = createClient();`;
  return program(head, calls, (call) => pathCall(call, "[response, error.status, error.message]"));
}

function pathCall({ method, path, params, body, member }: Call, failed: string): string {
  const init = params || body ? `, ${JSON.stringify({ params, body })}` : "";
  return `  const { data, error, response } = await client.${method}("${path}"${init});
  if (error) return ${failed};
  return data${accessed(member)};`;
}

export function heyApiProgram(calls: readonly Call[]): string {
  const head = `import { ${calls.map(({ id }) => functionName(id)).join(", ")} } from "./hey-api/index.js";`;
  return program(head, calls, ({ id, params, body, member }) => {
    const init = params || body ? JSON.stringify({ ...params, body }) : "";
    return `  const { data, error, response } = await ${functionName(id)}(${init});
  if (data === undefined) return [response, error];
  return data${accessed(member)};`;
  });
}

export function orvalProgram(calls: readonly Call[]): string {
  const head = `import { ${calls.map(({ id }) => functionName(id)).join(", ")} } from "./orval/api.js";`;
  return program(head, calls, ({ id, params, body, status, member }) => {
    const values = [...Object.values(params?.path ?? {}), body, params?.query].filter(
      (one) => one !== undefined,
    );
    return `  const answer = await ${functionName(id)}(${values.map((value) => JSON.stringify(value)).join(", ")});
  if (answer.status !== ${String(status)}) return [answer];
  return answer.data${accessed(member)};`;
  });
}

function program(head: string, calls: readonly Call[], print: (call: Call) => string): string {
  const functions = calls.map(
    (call) =>
      `export async function ${functionName(call.id)}Program(): Promise<unknown> {\n${print(call)}\n}\n`,
  );
  return `${head}\n\n${functions.join("\n")}`;
}

function accessed(member: string | undefined): string {
  return member === undefined ? "" : `.${member}`;
}

/** `issues/list-for-repo` as hey-api and orval spell it. */
export function functionName(id: string): string {
  return id.replace(/[/-](\w)/g, (_separator, letter: string) => letter.toUpperCase());
}
