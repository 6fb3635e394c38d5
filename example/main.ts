/** `npm run example`: starts the service, says where it is, and ends it gracefully when asked to. */
import { parseArgs } from "node:util";
import { announceAsJson, announceAsText } from "./announce.ts";
import { openPglite } from "./database/pglite.ts";
import { openPostgres } from "./database/postgres.ts";
import { seed } from "./seed/seed.ts";
import { startService, type Service } from "./server.ts";
import { readSettings } from "./settings.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
  const { databaseUrl, ...settings } = readSettings(process.env);
  const database = databaseUrl === undefined ? await openPglite() : openPostgres(databaseUrl);
  const service = await startService({ database, ...settings });
  endGracefully(service);
  const organizations = await seed(database);
  console.log((values.json ? announceAsJson : announceAsText)(service.url, organizations));
}

function endGracefully(service: Service): void {
  let ending = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // Whoever asks a second time does not want to wait.
      if (ending) process.exit(1);
      ending = true;
      void service.close().then(() => {
        process.exit(0);
      });
    });
  }
}

main().catch((error: unknown) => {
  // A port that is taken, a database that is not there: a connection that failed has a code where others have words.
  const { message, code = "" }: Partial<NodeJS.ErrnoException> = error instanceof Error ? error : {};
  console.error(`The example could not start: ${message === undefined || message === "" ? code : message}`);
  process.exit(1);
});
