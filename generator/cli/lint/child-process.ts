/** Lints with the rules of others in a process of its own, which ends when its time is up. */
import { fork } from "node:child_process";
import { diagnose } from "../../diagnostics/diagnose.ts";
import type { LintResult } from "../../load/lint-document.ts";
import { isCompiled, moduleFile } from "../../package/files.ts";
import type { LintRequest } from "./child.ts";

/** From source, the child needs the loader of TypeScript as this process does. */
const loaderArguments = isCompiled
  ? []
  : ["--conditions=lockstep-source", "--import", import.meta.resolve("tsx")];

/** How long rules may take, in ms: no document that people write needs a tenth of it. */
const defaultDeadline = 60_000;

/** As `lintDocument`. From source, where a process takes seconds to begin, in this process and without a deadline. */
export async function lintSafely(request: LintRequest): Promise<LintResult> {
  if (isCompiled) return lintApart(request);
  const { lintInProcess } = await import("./child.ts");
  return lintInProcess(request);
}

/** As `lintDocument`; where the rules take longer than `deadline`, or end the process, a diagnostic says so. */
export function lintApart(request: LintRequest, deadline = defaultDeadline): Promise<LintResult> {
  return new Promise((resolve) => {
    const child = fork(moduleFile("cli/lint/child"), {
      execArgv: loaderArguments,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const seconds = deadline / 1000;
    const timer = setTimeout(() => {
      fail(`took longer than ${seconds} seconds`);
    }, deadline);
    const end = (result: LintResult): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      resolve(result);
    };
    const fail = (reason: string): void => {
      const message = `The rules of redocly.yaml ${reason} on this document, and were ended.`;
      const fix =
        "Turn rules off in redocly.yaml until it is found which one, or leave plugins out with --no-plugins.";
      end({ diagnostics: [diagnose("lockstep/redocly-config", message, { fix })], configPath: request.path });
    };
    child.once("message", (result) => {
      // The only message that the child sends is its result.
      end(result as LintResult);
    });
    child.once("error", (error) => {
      fail(`could not run (${error.message})`);
    });
    child.once("exit", () => {
      fail("ended their process");
    });
    child.send(request);
  });
}
