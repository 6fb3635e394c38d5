/** Reads bodies within a limit, and lets go of what is needed to stop reading once a body has ended. */

/** What a response that is read into memory may take where the caller says nothing. */
export const defaultBytes = 64 * 2 ** 20;

/** Text, or why there is none. */
export type ReadText =
  { readonly text: string; readonly reason?: undefined } | { readonly reason: "truncated" | "too-large" };

/** `limit` counts decoded bytes, so that a compressed body cannot grow past it. Never rejects. */
export async function readText(response: Response, limit: number): Promise<ReadText> {
  try {
    // Where responses are not streams (React Native), all of it is in memory already.
    const reader = readerOf(response);
    if (reader === undefined) return { text: await response.text() };
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      size += value.length;
      if (size > limit) {
        void reader.cancel().catch(() => undefined);
        return { reason: "too-large" };
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { reason: "truncated" };
  }
}

function readerOf({ body }: Response): ReadableStreamDefaultReader<Uint8Array> | undefined {
  // The types of Node and of browsers differ in what they call a stream of bytes.
  return (body as ReadableStream<Uint8Array> | null)?.getReader();
}

/** Lets go when a body is collected before it has ended. */
let abandoned: FinalizationRegistry<() => void> | undefined;

/**
 * The same response, whose body calls `release` when it has ended, failed, was cancelled, or when nobody can read it any
 * more.
 */
export function releaseAtEnd(response: Response, release: () => void): Response {
  const reader = readerOf(response);
  if (reader === undefined) {
    release();
    return response;
  }
  const cancel = (reason?: unknown): Promise<void> => {
    release();
    return reader.cancel(reason);
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { done, value } = await reader.read().catch((error: unknown) => {
      release();
      throw error;
    });
    if (!done) {
      controller.enqueue(value);
      return;
    }
    release();
    controller.close();
  };
  const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  abandoned ??= new FinalizationRegistry((letGo) => {
    letGo();
  });
  // Neither the reader nor the caller's signal leads back to the new body.
  abandoned.register(body, () => void cancel().catch(() => undefined));
  return withFacts(new Response(body, response), response);
}

/** A response says where it came from; one that is made anew does not. */
function withFacts(made: Response, { url, redirected, type }: Response): Response {
  return Object.defineProperties(made, {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
  });
}
