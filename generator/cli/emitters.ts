/** Every emitter of `generate`, loaded when it is needed. */
import type { Emitter } from "../emit/emitter.ts";

export interface EmitterEntry {
  readonly name: string;
  readonly load: () => Promise<Emitter>;
}

export const emitters: readonly EmitterEntry[] = [
  { name: "openapi.yaml", load: async () => (await import("../emit/openapi/emit.ts")).emitOpenapi },
  { name: "types", load: async () => (await import("../emit/types/emit.ts")).emitTypes },
  { name: "errors", load: async () => (await import("../emit/errors/emit.ts")).emitErrors },
  {
    name: "validators",
    load: async () => (await import("../emit/validators/emit-validators.ts")).emitValidators,
  },
  { name: "server", load: async () => (await import("../emit/server/emit.ts")).emitServer },
  { name: "client", load: async () => (await import("../emit/client/emit.ts")).emitClient },
  { name: "error pages", load: async () => (await import("../emit/errors-page/emit.ts")).emitErrorsPage },
];
