/** What a generated client must do in every runtime. Bundled by client-runtimes.ts; web standards only. */
import { createClient } from "../../generated/client.ts";
import { createClient as createFilesClient } from "../golden/server-bodies/expected/client.ts";

export interface Places {
  readonly example: string;
  readonly key: string;
  /** Misbehaves as its first path segment says. */
  readonly scripted: string;
  readonly files: string;
  /** Where nobody listens. */
  readonly closed: string;
}

/** Outcomes by name, each one short text. */
export async function outcomes({
  example,
  key,
  scripted,
  files,
  closed,
}: Places): Promise<Record<string, string>> {
  const auth = { apiKey: key };
  const at = (behaviour: string): ReturnType<typeof createClient> =>
    createClient({ baseUrl: `${scripted}/${behaviour}`, auth, retry: { attempts: 2, baseDelay: 1 } });
  const failure = async (behaviour: string, init: object = {}): Promise<string> => {
    const { error } = await at(behaviour).templates.list(init);
    return error === undefined ? "data" : `${error.error} ${"reason" in error ? error.reason : ""}`.trim();
  };
  const client = createClient({ baseUrl: example, auth });
  const listed = await client.templates.list();
  const missing = await client.broadcasts.get({ params: { path: { id: crypto.randomUUID() } } });
  const begun = Date.now();
  const retried = await at("retry").templates.list();
  const waited = Date.now() - begun;
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort();
  }, 50);
  const thrown: unknown = await client.broadcasts
    .cancel({ params: { path: { id: crypto.randomUUID() } } })
    .orThrow()
    .catch((error: unknown) => error);
  const offline = await createClient({ baseUrl: closed, retry: { attempts: 1 } }).templates.list();
  const filesClient = createFilesClient({ baseUrl: files, auth: { bearer: "good" } });
  const sent = await filesClient.files.sendForm({
    contentType: "multipart/form-data",
    body: { count: 2, file: new File(["contents"], "a.txt", { type: "text/plain" }) },
  });
  const streamed = await filesClient.files.put({
    params: { path: { name: "a", type: "bin" } },
    contentType: "application/octet-stream",
    body: new Blob([new Uint8Array(70_000)]).stream(),
  });
  return {
    call: listed.error?.error ?? `status ${String(listed.status)}`,
    "error by code": missing.error?.error ?? "data",
    "Retry-After": `${retried.error?.error ?? "data"} ${waited >= 1000 ? "in time" : "too early"}`,
    timeout: await failure("slow", { timeout: 100 }),
    abort: await failure("slow", { signal: stop.signal }),
    network: offline.error?.error ?? "data",
    thrown: thrown instanceof Error ? thrown.message : "nothing",
    page: await failure("html"),
    truncated: await failure("truncated"),
    "redirect with a key": await failure("redirect"),
    "file upload": JSON.stringify(sent.data ?? sent.error.error),
    "stream upload": JSON.stringify(streamed.data ?? streamed.error.error),
  };
}
