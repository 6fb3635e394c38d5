/** A PostgreSQL server, which any number of processes share. */
import pg from "pg";
import { storable, type Database, type Session } from "./database.ts";

export interface PostgresOptions {
  /** Connections of this process; 10 where absent. */
  readonly connections?: number;
}

/**
 * A process that dies lets go of its locks when its connections break. One that hangs, or whose machine is gone without a
 * word, is cut off by the time limit on idle transactions: no row stays locked for longer.
 */
const idleTransactionMs = 10_000;

/** @param url as in `postgres://user:password@host:5432/name` */
export function openPostgres(url: string, { connections = 10 }: PostgresOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    idle_in_transaction_session_timeout: idleTransactionMs,
    statement_timeout: 30_000,
    connectionTimeoutMillis: 20_000,
  });
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on("error", () => undefined);
  return {
    ...sessionOn(pool),
    transaction: (work) => inTransaction(pool, work),
    script: async (sql) => {
      await inTransaction(pool, (session) => session.query(sql));
    },
    close: () => pool.end(),
  };
}

function sessionOn(connection: Pick<pg.Pool, "query">): Session {
  return { query: (text, values) => connection.query(text, storable(values)) };
}

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two statements says so here; the next statement then fails.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(sessionOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error("The transaction could not be rolled back.");
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
