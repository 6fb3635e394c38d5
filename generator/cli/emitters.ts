/** Every emitter of `generate`, loaded when it is needed. */
import type { Emitter } from "../emit/emitter.ts";

export interface EmitterEntry {
  readonly name: string;
  readonly load: () => Promise<Emitter>;
}

export const emitters: readonly EmitterEntry[] = [
  { name: "types", load: async () => (await import("../emit/types/emit.ts")).emitTypes },
];
