/** Types as openapi-typescript prints them, through its public function. An optional peer: not every project has it. */
import type * as OpenapiTypescript from "openapi-typescript";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { JsonObject } from "../../json/json.ts";
import { typeSwitches, type TypesConfig } from "../type-settings.ts";

export const missingEngine: Finding = {
  code: "lockstep/types-engine-missing",
  pointer: "",
  message: "The settings ask for types of openapi-typescript, which is not installed.",
};

/**
 * What openapi-typescript prints for an expanded document; `undefined` where it, or the TypeScript that it needs, is not
 * installed.
 *
 * @param markers `readOnly` and `writeOnly` members are marked, and `Readable` and `Writable` take the marked ones away
 */
export async function printWithEngine(
  document: JsonObject,
  config: TypesConfig & { readonly emptyObjectsUnknown?: boolean },
  markers: boolean,
): Promise<string | undefined> {
  const engine = await loadEngine();
  if (engine === undefined) return undefined;
  // Only what is written down: it has defaults of its own.
  const chosen = typeSwitches.flatMap((name) => {
    const value = config[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const unknown = config.emptyObjectsUnknown === undefined ? {} : { emptyObjectsUnknown: true };
  const options: OpenapiTypescript.OpenAPITSOptions = {
    ...Object.fromEntries(chosen),
    ...unknown,
    ...(markers ? { readWriteMarkers: true } : {}),
    silent: true,
  };
  return engine.astToString(await engine.default(JSON.stringify(document), options));
}

async function loadEngine(): Promise<typeof OpenapiTypescript | undefined> {
  try {
    return await import("openapi-typescript");
  } catch (error) {
    // It, or the compiler that it needs, is not there; anything else is a fault of one that is.
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
