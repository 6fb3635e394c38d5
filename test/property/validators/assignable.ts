/** What emitted validators accept, as a program that assigns it to the types of the same document. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { isObject, type Json } from "../../../generator/json/json.ts";
import { emitDocument } from "../../conformance/validators/emitted.ts";
import { typeErrors } from "../../support/type-check.ts";
import { typesOf } from "../../support/types-of.ts";
import { components, names, valueFor } from "./typed-arbitraries.ts";

export interface Assignments {
  readonly accepted: number;
  readonly rejected: number;
  /** Complaints of the compiler about accepted values. */
  readonly errors: readonly string[];
}

/** @param documents so many random documents of eight schemas, with `values` values for each schema */
export async function assignAccepted(seed: number, documents: number, values: number): Promise<Assignments> {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-assignable-"));
  const count = { accepted: 0, rejected: 0 };
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const [i, schemas] of fc.sample(components, { seed, numRuns: documents }).entries()) {
      const lines: string[] = [];
      for (const [name, schema] of Object.entries(schemas)) {
        const { is } = await emitDocument(schemas, name, "both");
        const drawn = fc.sample(valueFor(schemas, schema), { seed: seed + 1, numRuns: values });
        const fit = drawn.filter(is);
        count.accepted += fit.length;
        count.rejected += drawn.length - fit.length;
        for (const text of new Set(fit.map(typeText))) {
          const n = String(lines.length);
          lines.push(
            `declare const value${n}: ${text}; export const typed${n}: Schemas["${name}"] = value${n};`,
          );
        }
      }
      const head = `import type { components } from "./types${String(i)}.js";\ntype Schemas = components["schemas"];`;
      const document = {
        openapi: "3.1.1",
        info: { title: "T", version: "1" },
        paths: {},
        components: { schemas },
      };
      writeFileSync(join(folder, `types${String(i)}.ts`), typesOf(document));
      writeFileSync(join(folder, `values${String(i)}.ts`), `${head}\n${lines.join("\n")}\n`);
    }
    return { ...count, errors: typeErrors([folder]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The narrowest type of a value. Not its literal: TypeScript refuses in literals what it lets pass in variables. It
 * says which members are absent, too: without one in common with a type all of whose members are optional, TypeScript
 * suspects a spelling mistake.
 */
function typeText(value: unknown): string {
  // Built of JSON by the arbitraries.
  const json = value as Json;
  if (Array.isArray(json)) return `[${json.map(typeText).join(", ")}]`;
  if (!isObject(json)) return JSON.stringify(json);
  const members = Object.entries(json).map(([name, one]) => `${JSON.stringify(name)}: ${typeText(one)}`);
  const absent = names.filter((name) => !Object.hasOwn(json, name));
  return `{ ${[...members, ...absent.map((name) => `${JSON.stringify(name)}?: never`)].join("; ")} }`;
}
