/** `lockstep docs`. */
import type { AddressInfo } from "node:net";
import { InvalidArgumentError, type Command } from "commander";
import type { CommandModule } from "../command.ts";
import { eachApi } from "../run/each-api.ts";
import { exitCodes, UsageError, type ExitCode } from "../exit-codes.ts";
import { addDocument, exitCodeHelp, type SharedFlags } from "../options.ts";
import type { Context } from "../report/terminal.ts";

interface DocsFlags extends SharedFlags {
  readonly check?: boolean;
  readonly serve?: boolean;
  readonly port: number;
}

const help = `
The site needs @redocly/cli beside Lockstep for its reference. It works from any host and any path, and from the file
system; it loads nothing from elsewhere. The section docs of lockstep.yaml has its address, title, theme and templates.

Examples:
  lockstep docs                     build the site of every API in lockstep.yaml
  lockstep docs --serve             build, then show it on this machine
  lockstep docs --check             in CI: is the committed site what the document says?
  lockstep docs openapi.yaml --out site
${exitCodeHelp}`;

const docs: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Build the documentation site: reference, error catalogue, Markdown for machines.");
    addDocument(command)
      .option(
        "-o, --out <DIR>",
        'output folder of the API; the site goes into "docs" in it, unless configured',
      )
      .option("--check", "compare with the site's folder, write nothing")
      .option("--serve", "show the site at http://127.0.0.1 after building it, until Ctrl-C")
      .option("--port <NUMBER>", "port for --serve; 0 takes a free one", parsePort, 4400)
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: DocsFlags) => {
        done(await run(document, flags, context));
      });
  },
};
export default docs;

async function run(document: string | undefined, flags: DocsFlags, context: Context): Promise<ExitCode> {
  const { buildSite, checkSite } = await import("../docs/build-site.ts");
  const folders: string[] = [];
  const { siteFolder } = await import("../docs/site-files.ts");
  const code = await eachApi({
    command: "docs",
    document,
    flags,
    context,
    work: (api, stage) => {
      folders.push(siteFolder(api));
      return (flags.check === true ? checkSite : buildSite)(api, { cwd: context.cwd, stage });
    },
  });
  const [folder] = folders;
  if (flags.serve !== true || code !== exitCodes.ok || folder === undefined) return code;
  await serve(folder, flags.port, context);
  return code;
}

/** Ends when the process is told to. */
async function serve(folder: string, port: number, context: Context): Promise<void> {
  const { serveFolder } = await import("../docs/serve-site.ts");
  const server = await serveFolder(folder, port).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The site cannot be served: ${reason}. Take another port with --port.`);
  });
  // A server that listens on a port has an address of this form.
  const address = server.address() as AddressInfo;
  context.out.line(`http://127.0.0.1:${address.port}/  (Ctrl-C ends it)`);
  await new Promise<void>((resolve) => {
    const end = (): void => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("A port is a number up to 65535.");
  return port;
}
