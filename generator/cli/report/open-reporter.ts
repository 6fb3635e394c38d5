/** Opens the reporter of `--format`. */
import type { Format, Reporter } from "./reporter.ts";
import type { Context } from "./terminal.ts";

/** The reporter of a format, loaded when it is needed. */
export async function openReporter(format: Format, command: string, context: Context): Promise<Reporter> {
  switch (format) {
    case "text":
      return new (await import("./text.ts")).TextReporter(command, context);
    case "json":
      return new (await import("./json.ts")).JsonReporter(command, context);
    case "github":
      return new (await import("./github.ts")).GithubReporter(command, context);
  }
}
