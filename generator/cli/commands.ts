/** The table of commands. Each is one file, loaded only when it is called (or its help is). */
import type { CommandModule } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly default: CommandModule }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "generate",
    summary: "generate every layer from the OpenAPI document",
    load: () => import("./commands/generate.ts"),
  },
  {
    name: "check",
    summary: "fail if generated files differ from what the document says",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "lint",
    summary: "check the document against Lockstep's rules, generate nothing",
    load: () => import("./commands/lint.ts"),
  },
  {
    name: "docs",
    summary: "build the documentation site, check it, or show it",
    load: () => import("./commands/docs.ts"),
  },
  {
    name: "diff",
    summary: "say what changed in the contract, who breaks and why",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "changelog",
    summary: "record what a release changes in CHANGELOG.md",
    load: () => import("./commands/changelog.ts"),
  },
  {
    name: "retire",
    summary: "turn an error code into a tombstone, in place",
    load: () => import("./commands/retire.ts"),
  },
  {
    name: "verify",
    summary: "tell whether a running server keeps what the document promises",
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "coverage",
    summary: "list the declared responses that no test provoked",
    load: () => import("./commands/coverage.ts"),
  },
];
