/** Shares the emitters out between threads: each is run once, by the thread that asks for it first. */
import { emitters, type EmitterEntry } from "./emitters.ts";

export class EmitterQueue {
  /** One element per emitter: 0 until it is taken. Threads share it. */
  readonly taken: Int32Array;

  constructor(
    taken: Int32Array = new Int32Array(new SharedArrayBuffer(emitters.length * Int32Array.BYTES_PER_ELEMENT)),
  ) {
    this.taken = taken;
  }

  /** The emitters that `place` runs, those first that no other place does. Ask for the next when one is done. */
  *take(place: "here" | "beside"): Generator<EmitterEntry> {
    for (const wanted of [place, undefined]) {
      for (const [index, entry] of emitters.entries()) {
        if (entry.place === wanted && Atomics.exchange(this.taken, index, 1) === 0) yield entry;
      }
    }
  }
}
