/** The section `types` of an API in `lockstep.yaml`. */
import { typeEngines, typeSwitches, type TypesConfig } from "../emit/type-settings.ts";
import type { Mapping } from "./mapping.ts";

export const typesKeys = ["engine", "oracle", ...typeSwitches] as const;

/** What the section says; what it leaves out has the default of the engine. */
export function readTypesConfig(api: Mapping): TypesConfig {
  const section = api.optionalMapping("types", typesKeys);
  if (section === undefined) return {};
  const engine = section.oneOf("engine", typeEngines);
  const oracle = section.oneOf("oracle", ["openapi-typescript"]);
  const switches = typeSwitches.flatMap((name) => {
    const value = section.boolean(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(switches),
    ...(engine === undefined ? {} : { engine }),
    ...(oracle === undefined ? {} : { oracle }),
  };
}
