/** The example on a database of its own, for tests: with a hand on the database, and keys of every kind. */
import { newApiKey } from "../../example/api/api-key.ts";
import type { Database, Session } from "../../example/database/database.ts";
import { openPglite } from "../../example/database/pglite.ts";
import { openPostgres } from "../../example/database/postgres.ts";
import { seed, type SeededOrganization } from "../../example/seed/seed.ts";
import { startService, type Service, type ServiceOptions } from "../../example/server.ts";
import { startPostgres } from "./postgres-server.ts";

/** A database that can be made to fail, or to wait before each transaction. */
export class Controlled implements Database {
  failing = false;
  #gate: Promise<void> = Promise.resolve();
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  query: Session["query"] = (text, values) => {
    // What the kit's own stages ask for goes on working: the handlers are to fail.
    const ofTheKit = /\b(?:api_keys|rate_limits|lockstep_idempotency)\b/.test(text);
    if (this.failing && !ofTheKit) return Promise.reject(new Error(`SECRET ${text}`));
    return this.#database.query(text, values);
  };

  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    await this.#gate;
    if (this.failing) throw new Error("SECRET transaction");
    return this.#database.transaction(work);
  }

  /** Transactions wait until the returned function is called. */
  hold(): () => void {
    let open: () => void = () => undefined;
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  script(sql: string): Promise<void> {
    return this.#database.script(sql);
  }

  /** Services share it; `stop` closes it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.#database.close();
  }
}

export interface Example {
  readonly url: string;
  readonly database: Controlled;
  readonly mine: SeededOrganization;
  readonly theirs: SeededOrganization;
  /** Another service on the same database. */
  readonly another: (options: Partial<ServiceOptions>) => Promise<Service>;
  readonly close: () => Promise<void>;
}

/** @param on an empty database; where absent an embedded one, or with EXAMPLE_ON=postgres one on a real server */
export async function startExample(options: Partial<ServiceOptions> = {}, on?: Database): Promise<Example> {
  const database = new Controlled(on ?? (await openDefault()));
  const common = { database, rateLimit: { requests: 1_000_000, per: 60 }, ...options };
  const services = [await startService(common)];
  const [mine, theirs] = await seed(database, { contacts: 40 });
  const [service] = services;
  if (service === undefined || mine === undefined || theirs === undefined)
    throw new Error("There is no seed.");
  return {
    url: service.url,
    database,
    mine,
    theirs,
    another: async (more) => {
      const other = await startService({ ...common, ...more });
      services.push(other);
      return other;
    },
    close: async () => {
      await Promise.all(services.map((one) => one.close()));
      await database.stop();
    },
  };
}

async function openDefault(): Promise<Database> {
  if (process.env["EXAMPLE_ON"] !== "postgres") return openPglite();
  const server = await startPostgres();
  const database = openPostgres(server.url);
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

/** A new key for the organization's first user. */
export async function addKey(
  { database }: Example,
  { id: organizationId, userId }: SeededOrganization,
  scopes: readonly string[],
  allowSends = true,
): Promise<string> {
  const { key, id, secretHash } = newApiKey();
  await database.query(
    `INSERT INTO api_keys (id, secret_hash, organization_id, user_id, scopes, allow_sends)
VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, secretHash, organizationId, userId, scopes, allowSends],
  );
  return key;
}

/** What to send. */
export interface Sample {
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  /** A text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `undefined` where there is none. */
  readonly body: unknown;
  readonly code: string | undefined;
}

export async function send(url: string, key: string | undefined, sample: Sample): Promise<Answer> {
  const { method, path, headers } = sample;
  // `fetch` sends no body with GET.
  const body = method === "GET" ? undefined : sample.body;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { "x-api-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === "" ? undefined : JSON.parse(text);
  const code = member(parsed, "error");
  return { status: response.status, headers: response.headers, text, body: parsed, code };
}

/** A member that is a text. */
export function member(value: unknown, ...path: readonly string[]): string | undefined {
  let inner = value;
  for (const name of path)
    inner = typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined;
  return typeof inner === "string" ? inner : undefined;
}

/** The same, where a test cannot go on without it. */
export function text(value: unknown, ...path: readonly string[]): string {
  const found = member(value, ...path);
  if (found === undefined) throw new Error(`There is no ${path.join(".")} in ${JSON.stringify(value)}.`);
  return found;
}
