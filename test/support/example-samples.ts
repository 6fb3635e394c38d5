/** A request that succeeds for each operation of the example, fresh every time. */
import { randomUUID } from "node:crypto";
import type { OperationId } from "../../generated/errors.ts";
import { logoBytes } from "../../example/seed/history.ts";
import type { SeededOrganization } from "../../example/seed/seed.ts";
import { send, text, type Example, type Sample } from "./example-service.ts";

type MakeSample = (example: Example, organization: SeededOrganization) => Promise<Sample> | Sample;

const announced = { filename: "hero.png", contentType: "image/png", size: logoBytes.length };

export const samples: Readonly<Record<OperationId, MakeSample>> = {
  createBroadcast: (_, { templateId, segmentId }) => ({
    method: "POST",
    path: "/broadcasts",
    body: { name: "Now", templateId, segmentId },
  }),
  prepareBroadcast: (_, { templateId, segmentId }) => ({
    method: "POST",
    path: "/broadcasts/prepare",
    body: { name: "Later", templateId, segmentId },
  }),
  sendPreparedBroadcast: async (example, organization) => ({
    method: "POST",
    path: "/broadcasts/send-prepared",
    body: { preparedSendId: await prepare(example, organization) },
  }),
  getBroadcast: (_, { broadcastId }) => ({ method: "GET", path: `/broadcasts/${broadcastId}` }),
  cancelBroadcast: async (example, organization) => ({
    method: "POST",
    path: `/broadcasts/${await pausedBroadcast(example, organization)}/cancel`,
  }),
  triggerJourney: (_, { journeyId }) => ({
    method: "POST",
    path: `/journeys/${journeyId}/trigger`,
    body: { recipient: { userId: "customer-0" }, variables: { orderNumber: "HP-1" } },
  }),
  getJourneyRun: (_, { runId }) => ({ method: "GET", path: `/journeys/runs/${runId}` }),
  listTemplates: () => ({ method: "GET", path: "/templates?status=Active&pageSize=2" }),
  getTemplate: (_, { templateId }) => ({ method: "GET", path: `/templates/${templateId}` }),
  listSegments: () => ({ method: "GET", path: "/segments" }),
  previewSegment: (_, { segmentId }) => ({ method: "POST", path: `/segments/${segmentId}/preview` }),
  presignAsset: () => ({ method: "POST", path: "/assets/presign", body: announced }),
  finalizeAsset: async (example, organization) => ({
    method: "POST",
    path: `/assets/${await uploadedAsset(example, organization)}/finalize`,
    body: { altText: "A pier", imageType: "hero" },
  }),
  deleteAsset: async (example, organization) => ({
    method: "DELETE",
    path: `/assets/${text((await presign(example, organization)).asset, "id")}`,
  }),
  listBrandKits: () => ({ method: "GET", path: "/brand-kits" }),
  getBrandKit: (_, { brandKitId }) => ({ method: "GET", path: `/brand-kits/${brandKitId}` }),
};

/** With every scope, and allowed to send. */
export function fullKey({ keys }: SeededOrganization): string {
  const [first] = keys;
  if (first === undefined) throw new Error("There are no keys.");
  return first.key;
}

/** @returns the id of a new prepared send */
export async function prepare(example: Example, organization: SeededOrganization): Promise<string> {
  const sample = await samples.prepareBroadcast(example, organization);
  return text((await send(example.url, fullKey(organization), sample)).body, "preparedSendId");
}

/** @returns the id of a new broadcast that the worker leaves alone */
export async function pausedBroadcast(
  { database }: Example,
  { id, pausedBroadcastId }: SeededOrganization,
): Promise<string> {
  const copy = randomUUID();
  await database.query(
    `INSERT INTO broadcasts (organization_id, id, name, status, segment_id, subject, html, sender_profile_id,
  sender_name, sender_email)
SELECT organization_id, $3, name, 'Paused', segment_id, subject, html, sender_profile_id, sender_name, sender_email
FROM broadcasts WHERE organization_id = $1 AND id = $2`,
    [id, pausedBroadcastId, copy],
  );
  return copy;
}

/** Announces the logo of the seed, or something else. */
export async function presign(example: Example, organization: SeededOrganization, body: object = {}) {
  const sample = { method: "POST", path: "/assets/presign", body: { ...announced, ...body } };
  const answer = await send(example.url, fullKey(organization), sample);
  // The contract says so; the response was checked against it.
  return answer.body as {
    asset: { id: string; url: string };
    upload: { url: string; headers: Record<string, string> };
  };
}

async function uploadedAsset(example: Example, organization: SeededOrganization): Promise<string> {
  const { asset, upload } = await presign(example, organization);
  const response = await fetch(upload.url, { method: "PUT", headers: upload.headers, body: logoBytes });
  if (response.status !== 204) throw new Error(`The upload got ${response.status}.`);
  return asset.id;
}
