/** The one interface to the database, which PGlite and `pg` both implement: queries and transactions, nothing more. */

/** Where statements run: the database itself, or one transaction of it. */
export interface Session {
  /** @param values what `$1`, `$2`, … stand for */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only the SQL knows what a row is
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}

export interface Database extends Session {
  /**
   * Commits when `work` resolves and rolls back when it rejects. Inside, use its session only: an embedded database has
   * one connection, and that is taken.
   */
  transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Runs several statements without values, as one transaction. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** @throws RangeError where a statement that always gives a row gave none. */
export function only<Row>({ rows }: { readonly rows: readonly Row[] }): Row {
  const [row] = rows;
  if (row === undefined) throw new RangeError("The statement gave no row.");
  return row;
}

/** PostgreSQL's texts hold neither NUL nor half a surrogate pair, JSON's do: both become U+FFFD on their way in. */
export function storable(values: readonly unknown[] = []): unknown[] {
  return values.map((value) => (typeof value === "string" ? wellFormed(value) : value));
}

function wellFormed(text: string): string {
  return text.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
