/** Things that are over, so that reading has something to show. */
import { contactId, idsOf, journeySteps, type Company } from "./content.ts";
import type { Row, Tables } from "./insert.ts";

const moment = "2026-09-14T08:31:07Z";

/** One pixel. */
export const logoBytes = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export function historyOf(company: Company): Tables {
  const { id: organization_id, assetId } = idsOf(company);
  return [
    ["broadcasts", broadcastRows(company)],
    ["journey_runs", [runRow(company)]],
    ["assets", [assetRow(company)]],
    ["asset_files", [{ organization_id, asset_id: assetId, bytes: logoBytes }]],
  ];
}

function broadcastRows(company: Company): Row[] {
  const ids = idsOf(company);
  const common = {
    organization_id: ids.id,
    segment_id: ids.vipSegmentId,
    subject: "The autumn colours are back in stock",
    html: "<p>Hello!</p>",
    sender_profile_id: ids.senderProfileId,
    sender_name: `Marta from ${company.name}`,
    sender_email: `marta@${company.domain}`,
  };
  const over = { status: "Sent", started_at: moment, completed_at: moment };
  return [
    { ...common, id: ids.broadcastId, name: "Last month", ...over },
    { ...common, id: ids.pausedBroadcastId, name: "On hold", status: "Paused" },
  ];
}

function runRow(company: Company): Row {
  const { id: organization_id, runId, journeyId } = idsOf(company);
  return {
    organization_id,
    id: runId,
    journey_id: journeyId,
    contact_id: contactId(company, 0),
    status: "completed",
    position: journeySteps.length,
    variables: '{"orderNumber":"HP-20391"}',
    completed_at: moment,
  };
}

function assetRow(company: Company): Row {
  const { id: organization_id, assetId } = idsOf(company);
  return {
    organization_id,
    id: assetId,
    filename: "logo.png",
    content_type: "image/png",
    size: logoBytes.length,
    width: 1,
    height: 1,
    upload_expires_at: moment,
    finalized_at: moment,
  };
}
