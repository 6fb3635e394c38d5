/** Fetches a remote file, where the caller has allowed it. */
import { LoadFailure } from "./failure.ts";
import { maxFileBytes, remoteTimeout } from "./limits.ts";
import { decodeFile, type ReadFile } from "./read-file.ts";

/**
 * @throws LoadFailure when remote files are not allowed, when the scheme is not http(s), and when fetching fails.
 */
export async function fetchFile(url: string, allowed: boolean): Promise<ReadFile> {
  const scheme = /^[a-z0-9+.-]+:/i.exec(url)?.[0].toLowerCase();
  if (scheme !== "https:" && scheme !== "http:") {
    throw new LoadFailure(
      "lockstep/ref-outside",
      `The reference leads to a \`${scheme ?? ""}\` address; only paths and, where allowed, http(s) are followed.`,
      { fix: "Write a path relative to the file that holds the reference." },
    );
  }
  if (!allowed)
    throw new LoadFailure("lockstep/ref-remote", `The reference leads to ${url}, which was not fetched.`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(remoteTimeout) });
    if (!response.ok) throw failed(url, `the server responded with ${response.status}`);
    return decodeFile(await readBounded(response), url);
  } catch (error) {
    if (error instanceof LoadFailure) throw error;
    throw failed(
      url,
      error instanceof Error && error.name === "TimeoutError" ? "no response in time" : "no connection",
    );
  }
}

async function readBounded(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The fetch typings leave the chunk type open; a response body yields bytes.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    // `decodeFile` reports what is too large; there is no use in reading on.
    if (size > maxFileBytes) break;
  }
  return Buffer.concat(chunks);
}

function failed(url: string, why: string): LoadFailure {
  return new LoadFailure("lockstep/remote-failed", `${url} could not be fetched: ${why}.`);
}
