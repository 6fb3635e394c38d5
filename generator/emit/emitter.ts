/** What every emitter is: a pure function from the model to files. */
import type { ApiModel } from "../model/api-model.ts";
import type { TypesConfig } from "./type-settings.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";

export interface GeneratedFile {
  /** Relative to the output folder, forward slashes, no `..`. */
  readonly path: string;
  readonly content: string;
}

export interface EmitOptions {
  /** Extension of relative imports between generated TypeScript files. */
  readonly importExtension: ".js" | ".ts" | "";
  /** The section `types` of the settings; absent: the defaults. */
  readonly types?: TypesConfig;
}

export interface EmitResult {
  readonly files: readonly GeneratedFile[];
  /** What the emitter could not do; errors keep everything from being written. */
  readonly findings: readonly Finding[];
}

export type Emitter = (model: ApiModel, options: EmitOptions) => EmitResult | Promise<EmitResult>;
