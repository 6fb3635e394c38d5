/** Every emitter of `generate`, loaded when it is needed. */
import type { Emitter } from "../../emit/emitter.ts";

export interface EmitterEntry {
  readonly name: string;
  /**
   * Where there is a second core: those with a compiler run `beside`, in a thread that loads it while the document is
   * being read; what takes as long as they do runs `here`; every other one in the thread that is free first.
   */
  readonly place?: "here" | "beside";
  readonly load: () => Promise<Emitter>;
}

export const emitters: readonly EmitterEntry[] = [
  {
    name: "openapi.yaml",
    load: async () => (await import("../../emit/openapi/emit.ts")).emitOpenapi,
  },
  { name: "types", load: async () => (await import("../../emit/types/emit.ts")).emitTypes },
  {
    name: "errors",
    place: "beside",
    load: async () => (await import("../../emit/errors/emit.ts")).emitErrors,
  },
  {
    name: "validators",
    place: "here",
    load: async () => (await import("../../emit/validators/emit.ts")).emitValidators,
  },
  { name: "server", load: async () => (await import("../../emit/server/emit.ts")).emitServer },
  { name: "client", load: async () => (await import("../../emit/client/emit.ts")).emitClient },
  { name: "error pages", load: async () => (await import("../../emit/errors-page/emit.ts")).emitErrorsPage },
];
