/** `lockstep generate --watch`: generates again whenever a file that the document consists of changes. */
import { isUrl } from "../../load/access.ts";
import type { SharedFlags } from "../options.ts";
import { eachApi } from "../run/each-api.ts";
import { explain } from "../explain.ts";
import { FileWatcher } from "./file-watcher.ts";
import { generateApi } from "./generate-api.ts";
import { configPath } from "../run/targets.ts";
import type { Context } from "../report/terminal.ts";

/**
 * Generates, then again after each change of the configuration or of a file that the last run read or looked for, until
 * `stop` says so. A mistake shows its diagnostic and the watch goes on; a command line that cannot be followed ends
 * it by throwing `UsageError` in the first run.
 */
export async function watch(
  document: string | undefined,
  flags: SharedFlags,
  context: Context,
  stop?: AbortSignal,
): Promise<void> {
  const latch = new Latch();
  const watcher = new FileWatcher(() => {
    latch.raise();
  });
  stop?.addEventListener("abort", () => {
    latch.raise();
  });
  try {
    await runOnce(document, flags, context, watcher, true);
    context.err.line(`Watching ${watcher.files.length} files. Ctrl-C ends it.`);
    for (;;) {
      await latch.wait();
      if (stop?.aborted === true) return;
      await runOnce(document, flags, context, watcher, false).catch((error: unknown) =>
        explain(error, context),
      );
    }
  } finally {
    watcher.close();
  }
}

async function runOnce(
  document: string | undefined,
  flags: SharedFlags,
  context: Context,
  watcher: FileWatcher,
  first: boolean,
): Promise<void> {
  const config = configPath(flags, context.cwd);
  const files = new Set(config === undefined ? [] : [config]);
  watcher.settle();
  let complete = false;
  try {
    await eachApi({
      command: "generate",
      document,
      flags,
      context,
      work: async (api, stage) => {
        const force = first && flags.force === true;
        const done = await generateApi(api, { cwd: context.cwd, force, stage });
        for (const path of done.dependencies) if (!isUrl(path)) files.add(path);
        return done;
      },
      // After the first run, APIs that a change does not concern need no line each time.
      isNews: ({ fromHashes }) => first || !fromHashes,
    });
    complete = true;
  } finally {
    // A run that ended early has not named all its files: those of the run before stay watched.
    watcher.set(complete ? [...files] : [...new Set([...watcher.files, ...files])]);
  }
}

/** Lets one waiter through for all that was raised before. */
class Latch {
  #raised = false;
  #release: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#release?.();
  }

  async wait(): Promise<void> {
    if (!this.#raised) await new Promise<void>((resolve) => (this.#release = resolve));
    this.#raised = false;
    this.#release = undefined;
  }
}
