/** Two organizations to try the API with, and new keys for them at every start. */
import { contract } from "../../generated/server.ts";
import { newApiKey } from "../api/api-key.ts";
import type { Database, Session } from "../database/database.ts";
import { companies, contentOf, idsOf, type CompanyIds } from "./content.ts";
import { historyOf } from "./history.ts";
import { insertMissing } from "./insert.ts";

export interface SeededKey {
  readonly key: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly allowSends: boolean;
}

/** What a script needs to begin with. */
export interface SeededOrganization extends CompanyIds {
  readonly name: string;
  /** All scopes and `allowSends`; the same without `allowSends`; reading only; another user with everything. */
  readonly keys: readonly SeededKey[];
}

export interface SeedOptions {
  /** Contacts of each organization; 120 where absent. */
  readonly contacts?: number;
}

/** Every scope that the document knows. */
const allScopes: readonly string[] = [
  ...new Set(contract.operations.flatMap(({ security }) => security.flat().flatMap(({ scopes }) => scopes))),
].sort();

/** May run at every start, in several processes: what is there stays. Keys cannot be shown again, so there are new ones. */
export function seed(
  database: Database,
  { contacts = 120 }: SeedOptions = {},
): Promise<SeededOrganization[]> {
  return database.transaction(async (session) => {
    const organizations: SeededOrganization[] = [];
    for (const company of companies) {
      for (const [table, rows] of [...contentOf(company, contacts), ...historyOf(company)]) {
        await insertMissing(session, table, rows);
      }
      const ids = idsOf(company);
      organizations.push({ ...ids, name: company.name, keys: await makeKeys(session, ids) });
    }
    return organizations;
  });
}

async function makeKeys(session: Session, ids: CompanyIds): Promise<SeededKey[]> {
  const reading = allScopes.filter((scope) => scope.endsWith(":read"));
  const wanted = [
    { userId: ids.userId, scopes: allScopes, allowSends: true },
    { userId: ids.userId, scopes: allScopes, allowSends: false },
    { userId: ids.userId, scopes: reading, allowSends: false },
    { userId: ids.otherUserId, scopes: allScopes, allowSends: true },
  ];
  const keys: SeededKey[] = [];
  for (const { userId, scopes, allowSends } of wanted) {
    const { key, id, secretHash } = newApiKey();
    await session.query(
      `INSERT INTO api_keys (id, secret_hash, organization_id, user_id, scopes, allow_sends)
VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, secretHash, ids.id, userId, scopes, allowSends],
    );
    keys.push({ key, userId, scopes, allowSends });
  }
  return keys;
}
