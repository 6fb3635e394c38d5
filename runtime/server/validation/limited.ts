/** Holds a stream to a limit, for bodies that no one gathers. */
import { BodyError } from "../exchange.ts";

/** Passes bytes on until there are more than `limit`; then the stream fails with a `BodyError`. */
export function limited(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let length = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > limit) controller.error(new BodyError("too-large"));
      else controller.enqueue(chunk);
    },
  });
}
