/** PostgreSQL inside this process: nothing to install, and nothing that outlives it unless a folder is named. */
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { storable, type Database, type Session } from "./database.ts";

/** @param folder where the data is kept; in memory where absent */
export async function openPglite(folder?: string): Promise<Database> {
  const pglite = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  return {
    ...sessionOn(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(sessionOn(transaction))),
    script: async (sql) => {
      await pglite.transaction((transaction) => transaction.exec(sql));
    },
    close: () => pglite.close(),
  };
}

function sessionOn(connection: Pick<Transaction, "query">): Session {
  return { query: (text, values) => connection.query(text, storable(values)) };
}
