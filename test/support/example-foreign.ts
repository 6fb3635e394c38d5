/** Every place where an operation of the example takes an id. */
import { randomUUID } from "node:crypto";
import type { OperationId } from "../../generated/errors.ts";
import type { SeededOrganization } from "../../example/seed/seed.ts";
import type { Example, Sample } from "./example-service.ts";
import { pausedBroadcast, prepare, presign } from "./example-samples.ts";

export interface IdPlace {
  readonly operation: OperationId;
  /** Where the id stands. */
  readonly place: string;
  /** An id that exists, of this organization. */
  readonly existing: (example: Example, of: SeededOrganization) => Promise<string> | string;
  /** The request that the caller makes with it; everything else in it is the caller's own. */
  readonly request: (id: string, caller: SeededOrganization) => Sample;
}

const inPath =
  (method: string, before: string, after = "", body?: unknown): IdPlace["request"] =>
  (id) => ({
    method,
    path: `${before}${id}${after}`,
    ...(body === undefined ? {} : { body }),
  });

function inBody(
  operation: "createBroadcast" | "prepareBroadcast",
  place: "templateId" | "segmentId",
): IdPlace {
  const path = operation === "createBroadcast" ? "/broadcasts" : "/broadcasts/prepare";
  return {
    operation,
    place,
    existing: (_, of) => of[place],
    request: (id, { templateId, segmentId }) => ({
      method: "POST",
      path,
      body: { name: "Try", templateId, segmentId, [place]: id },
    }),
  };
}

const recipient = { recipient: { userId: "customer-0" } };

export const idPlaces: readonly IdPlace[] = [
  inBody("createBroadcast", "templateId"),
  inBody("createBroadcast", "segmentId"),
  inBody("prepareBroadcast", "templateId"),
  inBody("prepareBroadcast", "segmentId"),
  {
    operation: "sendPreparedBroadcast",
    place: "preparedSendId",
    existing: prepare,
    request: (preparedSendId) => ({
      method: "POST",
      path: "/broadcasts/send-prepared",
      body: { preparedSendId },
    }),
  },
  {
    operation: "getBroadcast",
    place: "id",
    existing: (_, { broadcastId }) => broadcastId,
    request: inPath("GET", "/broadcasts/"),
  },
  {
    operation: "cancelBroadcast",
    place: "id",
    existing: pausedBroadcast,
    request: inPath("POST", "/broadcasts/", "/cancel"),
  },
  {
    operation: "triggerJourney",
    place: "id",
    existing: (_, { journeyId }) => journeyId,
    request: inPath("POST", "/journeys/", "/trigger", recipient),
  },
  {
    operation: "getJourneyRun",
    place: "runId",
    existing: (_, { runId }) => runId,
    request: inPath("GET", "/journeys/runs/"),
  },
  {
    operation: "getTemplate",
    place: "id",
    existing: (_, { templateId }) => templateId,
    request: inPath("GET", "/templates/"),
  },
  {
    operation: "previewSegment",
    place: "id",
    existing: (_, { segmentId }) => segmentId,
    request: inPath("POST", "/segments/", "/preview"),
  },
  {
    operation: "finalizeAsset",
    place: "id",
    existing: (_, { assetId }) => assetId,
    request: inPath("POST", "/assets/", "/finalize"),
  },
  {
    operation: "deleteAsset",
    place: "id",
    existing: async (example, of) => (await presign(example, of)).asset.id,
    request: inPath("DELETE", "/assets/"),
  },
  {
    operation: "getBrandKit",
    place: "id",
    existing: (_, { brandKitId }) => brandKitId,
    request: inPath("GET", "/brand-kits/"),
  },
];

/** Made for the purpose: it exists nowhere. */
export const nowhere = (): string => randomUUID();
