/** Every emitter of `generate`, loaded when it is needed. */
import type { Emitter } from "../emit/emitter.ts";

export interface EmitterEntry {
  readonly name: string;
  /**
   * Runs beside the others where there is a second core: those that print with a compiler, which takes as long to load
   * as a document to read. The two groups take about the same time on a large document.
   */
  readonly beside?: true;
  readonly load: () => Promise<Emitter>;
}

export const emitters: readonly EmitterEntry[] = [
  { name: "openapi.yaml", load: async () => (await import("../emit/openapi/emit.ts")).emitOpenapi },
  { name: "types", beside: true, load: async () => (await import("../emit/types/emit.ts")).emitTypes },
  { name: "errors", beside: true, load: async () => (await import("../emit/errors/emit.ts")).emitErrors },
  {
    name: "validators",
    load: async () => (await import("../emit/validators/emit.ts")).emitValidators,
  },
  { name: "server", beside: true, load: async () => (await import("../emit/server/emit.ts")).emitServer },
  { name: "client", beside: true, load: async () => (await import("../emit/client/emit.ts")).emitClient },
  { name: "error pages", load: async () => (await import("../emit/errors-page/emit.ts")).emitErrorsPage },
];
