/** Two organizations to try the API with, and new keys for them at every start. */
import { contract } from "../../generated/server.ts";
import { newApiKey } from "../api/api-key.ts";
import type { Database, Session } from "../database/database.ts";
import {
  companies,
  contactId,
  contactRows,
  idsOf,
  journeySteps,
  logoBytes,
  segmentRows,
  templateRows,
  type Company,
  type CompanyIds,
} from "./content.ts";
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
      await seedContent(session, company, contacts);
      await seedHistory(session, company);
      const ids = idsOf(company);
      organizations.push({ ...ids, name: company.name, keys: await makeKeys(session, ids) });
    }
    return organizations;
  });
}

async function seedContent(session: Session, company: Company, contacts: number): Promise<void> {
  const ids = idsOf(company);
  const { name, domain } = company;
  const organization_id = ids.id;
  await insertMissing(session, "organizations", [{ id: ids.id, name }]);
  await insertMissing(session, "users", [
    { organization_id, id: ids.userId, email: `marta@${domain}` },
    { organization_id, id: ids.otherUserId, email: `jonas@${domain}` },
  ]);
  await insertMissing(session, "sender_profiles", [
    { organization_id, id: ids.senderProfileId, name: `Marta from ${name}`, from_email: `marta@${domain}` },
  ]);
  await insertMissing(session, "contacts", contactRows(company, contacts));
  await insertMissing(session, "segments", segmentRows(company));
  await insertMissing(session, "templates", templateRows(company));
  await insertMissing(session, "journeys", [
    {
      organization_id,
      id: ids.journeyId,
      name: "Order",
      sender_profile_id: ids.senderProfileId,
      steps: JSON.stringify(journeySteps),
    },
  ]);
  await insertMissing(session, "brand_kits", [
    {
      organization_id,
      id: ids.brandKitId,
      name,
      is_default: true,
      logo_url: null,
      colors: JSON.stringify({
        primary: "#1f4e5f",
        secondary: "#c8553d",
        background: "#faf7f2",
        text: "#23282b",
      }),
      fonts: JSON.stringify({ heading: "Fraunces", body: "Source Sans 3" }),
    },
  ]);
}

/** Things that are over, so that reading has something to show. */
async function seedHistory(session: Session, company: Company): Promise<void> {
  const ids = idsOf(company);
  const organization_id = ids.id;
  const moment = "2026-09-14T08:31:07Z";
  const broadcast = {
    organization_id,
    segment_id: ids.vipSegmentId,
    subject: "The autumn colours are back in stock",
    html: "<p>Hello!</p>",
    sender_profile_id: ids.senderProfileId,
    sender_name: `Marta from ${company.name}`,
    sender_email: `marta@${company.domain}`,
  };
  await insertMissing(session, "broadcasts", [
    {
      ...broadcast,
      id: ids.broadcastId,
      name: "Last month",
      status: "Sent",
      started_at: moment,
      completed_at: moment,
    },
    { ...broadcast, id: ids.pausedBroadcastId, name: "On hold", status: "Paused" },
  ]);
  await insertMissing(session, "journey_runs", [
    {
      organization_id,
      id: ids.runId,
      journey_id: ids.journeyId,
      contact_id: contactId(company, 0),
      status: "completed",
      position: journeySteps.length,
      variables: '{"orderNumber":"HP-20391"}',
      completed_at: moment,
    },
  ]);
  await insertMissing(session, "assets", [
    {
      organization_id,
      id: ids.assetId,
      filename: "logo.png",
      content_type: "image/png",
      size: logoBytes.length,
      width: 1,
      height: 1,
      upload_expires_at: moment,
      finalized_at: moment,
    },
  ]);
  await insertMissing(session, "asset_files", [{ organization_id, asset_id: ids.assetId, bytes: logoBytes }]);
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
