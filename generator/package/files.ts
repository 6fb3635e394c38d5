/** The package's own files: those that are read as they are, and modules that run in a thread or process of their own. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package.json of the installed package, or of the repository. */
export const packageFile = createRequire(import.meta.url).resolve("lockstep-openapi/package.json");

export const packageFolder = dirname(packageFile);

/** True for the compiled package, false where its TypeScript runs. */
export const isCompiled = import.meta.filename.endsWith(".js");

const generatorFolder = join(packageFolder, isCompiled ? "dist/generator" : "generator");

/** The text of a file that the package ships as it is, such as a template; `path` is relative to the generator. */
export function packagedText(path: string): string {
  return readFileSync(join(generatorFolder, path), "utf8");
}

/** The file of a module that runs in a thread or process of its own; `path` is relative to the generator, without extension. */
export function moduleFile(path: string): string {
  return join(generatorFolder, `${path}.${isCompiled ? "js" : "ts"}`);
}
