/** `npm run example`: starts the service, says where it is, and ends it gracefully when asked to. */
import { parseArgs } from "node:util";
import { announceAsJson, announceAsText } from "./announce.ts";
import { openPglite } from "./database/pglite.ts";
import { openPostgres } from "./database/postgres.ts";
import { seed } from "./seed/seed.ts";
import { startService } from "./server.ts";
import { readSettings } from "./settings.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const { databaseUrl, ...settings } = readSettings(process.env);

const database = databaseUrl === undefined ? await openPglite() : openPostgres(databaseUrl);
const service = await startService({ database, ...settings });
const organizations = await seed(database);
console.log((values.json ? announceAsJson : announceAsText)(service.url, organizations));

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
