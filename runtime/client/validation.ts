/** Response validation: in a bundle only where a caller asks for it. */
import type { ResponseCheck } from "./options.ts";
import { asRecord, ownValue } from "./record.ts";

/** `dev`: unless `process.env.NODE_ENV` is `production`. */
export type ValidationMode = "off" | "dev" | "always";

/** The validators by operation id that are in force in this mode. */
export function validateIn(
  mode: ValidationMode,
  responses: Readonly<Record<string, ResponseCheck>>,
): Readonly<Record<string, ResponseCheck>> {
  return mode === "always" || (mode === "dev" && !isProduction()) ? responses : {};
}

/** By Node's convention; without a `process` it is a browser or a worker in development. */
function isProduction(): boolean {
  const environment = asRecord(asRecord(ownValue(asRecord(globalThis), "process"))["env"]);
  return environment["NODE_ENV"] === "production";
}
