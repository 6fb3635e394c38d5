/** Idempotency keys in PostgreSQL, for any number of processes: through `pg`, PGlite, or what else has their `query`. */
import type {
  Claim,
  ClaimRequest,
  IdempotencyRef,
  IdempotencyStore,
  StoredResponse,
} from "../server/idempotency/store.ts";

/** A pool, a client or a transaction: `pg`'s and PGlite's both fit. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export interface PostgresStoreOptions {
  /** Table, perhaps with its schema: `lockstep_idempotency` where absent. */
  readonly table?: string;
  /** Milliseconds between two sweeps of expired keys by one process; a minute where absent. */
  readonly sweepEveryMs?: number;
}

const defaultTable = "lockstep_idempotency";
const sweepSize = 1000;

/**
 * The table; safe to run more than once, best as one of the host's own migrations.
 *
 * @throws TypeError for a table name that is not plain.
 */
export function idempotencyTable(table: string = defaultTable): string {
  const name = plainName(table);
  const index = `${name.replaceAll(".", "_")}_expires`;
  return `CREATE TABLE IF NOT EXISTS ${name} (
  scope text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  token text NOT NULL,
  lease_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  response text,
  PRIMARY KEY (scope, key)
);
CREATE INDEX IF NOT EXISTS ${index} ON ${name} (expires_at);`;
}

export class PostgresIdempotencyStore implements IdempotencyStore<Queryable> {
  readonly #database: Queryable;
  readonly #statements: Statements;
  readonly #sweepEveryMs: number;
  #nextSweep = 0;

  /** @throws TypeError for a table name that is not plain. */
  constructor(
    database: Queryable,
    { table = defaultTable, sweepEveryMs = 60_000 }: PostgresStoreOptions = {},
  ) {
    this.#database = database;
    this.#statements = statementsFor(plainName(table));
    this.#sweepEveryMs = sweepEveryMs;
  }

  /**
   * One statement takes the key or takes nothing; only then is the row read that was in the way. It may be gone by
   * then, so there is another turn. All times are the database's: the clocks of processes differ.
   */
  async claim(request: ClaimRequest): Promise<Claim> {
    await this.#sweep();
    const { scope, key, fingerprint, token, leaseMs, ttlMs } = request;
    for (let turn = 0; turn < 5; turn++) {
      const taken = await this.#database.query(this.#statements.claim, [
        scope,
        key,
        fingerprint,
        token,
        leaseMs,
        ttlMs,
      ]);
      if (taken.rows.length > 0) return { state: "claimed" };
      const { rows } = await this.#database.query(this.#statements.read, [scope, key]);
      const [row] = rows;
      if (row === undefined) continue;
      return claimOf(row, fingerprint);
    }
    return { state: "in-progress" };
  }

  async renew({ scope, key }: IdempotencyRef, token: string, leaseMs: number): Promise<boolean> {
    const { rows } = await this.#database.query(this.#statements.renew, [scope, key, token, leaseMs]);
    return rows.length > 0;
  }

  complete(ref: IdempotencyRef, token: string, response: StoredResponse): Promise<boolean> {
    return this.completeWithin(this.#database, ref, token, response);
  }

  async completeWithin(
    transaction: Queryable,
    { scope, key }: IdempotencyRef,
    token: string,
    response: StoredResponse,
  ): Promise<boolean> {
    const values = [scope, key, token, JSON.stringify(response)];
    const { rows } = await transaction.query(this.#statements.complete, values);
    return rows.length > 0;
  }

  async release({ scope, key }: IdempotencyRef, token: string): Promise<void> {
    await this.#database.query(this.#statements.release, [scope, key, token]);
  }

  /** Deletes some expired keys. Claims do it now and then; a quiet service may call it from a timer. */
  async sweep(): Promise<void> {
    await this.#database.query(this.#statements.sweep, [sweepSize]);
  }

  async #sweep(): Promise<void> {
    const now = Date.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + this.#sweepEveryMs;
    await this.sweep();
  }
}

interface Statements {
  readonly claim: string;
  readonly read: string;
  readonly renew: string;
  readonly complete: string;
  readonly release: string;
  readonly sweep: string;
}

function statementsFor(table: string): Statements {
  const until = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;
  const held = "scope = $1 AND key = $2 AND token = $3 AND response IS NULL";
  return {
    claim: `INSERT INTO ${table} AS held (scope, key, fingerprint, token, lease_until, expires_at)
VALUES ($1, $2, $3, $4, ${until("$5::float8")}, ${until("$6::float8")})
ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, token = excluded.token,
  lease_until = excluded.lease_until, expires_at = excluded.expires_at, response = NULL
WHERE held.expires_at <= clock_timestamp()
  OR (held.response IS NULL AND held.lease_until <= clock_timestamp() AND held.fingerprint = excluded.fingerprint)
RETURNING token`,
    read: `SELECT fingerprint, response FROM ${table} WHERE scope = $1 AND key = $2`,
    renew: `UPDATE ${table} SET lease_until = ${until("$4::float8")} WHERE ${held} RETURNING token`,
    complete: `UPDATE ${table} SET response = $4 WHERE ${held} RETURNING token`,
    release: `DELETE FROM ${table} WHERE ${held} RETURNING token`,
    sweep: `DELETE FROM ${table} WHERE (scope, key) IN (
  SELECT scope, key FROM ${table} WHERE expires_at <= clock_timestamp() LIMIT $1 FOR UPDATE SKIP LOCKED)`,
  };
}

function claimOf(row: unknown, fingerprint: string): Claim {
  if (typeof row !== "object" || row === null) throw new TypeError("The database gave no row.");
  if (Reflect.get(row, "fingerprint") !== fingerprint) return { state: "mismatch" };
  const response: unknown = Reflect.get(row, "response");
  if (typeof response !== "string") return { state: "in-progress" };
  // Only `complete` writes this column.
  return { state: "completed", response: JSON.parse(response) as StoredResponse };
}

function plainName(table: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/i.test(table)) return table;
  throw new TypeError(`${JSON.stringify(table)} is not a plain table name.`);
}
