/** The actors file for the example server. */
import { addKey, type Example } from "../../test/support/example-service.ts";
import type { SeededOrganization } from "../../example/seed/seed.ts";
import { keyOf } from "./fault.ts";

/** YAML, which JSON is. */
export async function actorsFile(example: Example): Promise<string> {
  const { mine, theirs, database } = example;
  const revoked = await addKey(example, mine, ["templates:read"]);
  await database.query("UPDATE api_keys SET revoked_at = now() WHERE id = $1", [revoked.split("_")[1]]);
  const template = { templateId: mine.templateId, segmentId: mine.segmentId };
  const file = {
    actors: {
      owner: actor(mine, keyOf(mine)),
      muted: { ...actor(mine, keyOf(mine, 1)), refused: ["send_not_allowed"] },
      // It has no scope that any operation asks for.
      limited: { ...actor(mine, await addKey(example, mine, ["nothing:read"])), scopes: ["nothing:read"] },
      revoked: { ...actor(mine, revoked), revoked: true },
      stranger: actor(theirs, keyOf(theirs)),
    },
    requests: {
      createBroadcast: { body: { name: "Verified", ...template } },
      prepareBroadcast: { body: { name: "Verified", ...template } },
      previewSegment: {},
    },
    recipes: recipes(example, template),
  };
  return JSON.stringify(file, null, 2);
}

function actor(organization: SeededOrganization, key: string): object {
  return {
    credentials: { apiKey: key },
    tenant: organization.name,
    seeds: {
      "getBroadcast.id": organization.broadcastId,
      "cancelBroadcast.id": organization.broadcastId,
      "triggerJourney.id": organization.journeyId,
      runId: organization.runId,
      "getTemplate.id": organization.templateId,
      "previewSegment.id": organization.segmentId,
      "deleteAsset.id": organization.assetId,
      "finalizeAsset.id": organization.assetId,
      "getBrandKit.id": organization.brandKitId,
    },
  };
}

/** What leads to the codes of handlers. */
function recipes(example: Example, template: Readonly<Record<string, string>>): object[] {
  return [...sendingRecipes(template), ...refusalRecipes(example, template), ...otherRecipes(example)];
}

function sendingRecipes(template: Readonly<Record<string, string>>): object[] {
  const prepare = {
    call: "prepareBroadcast",
    body: { name: "Once", ...template },
    expect: 200,
    save: { prepared: "/preparedSendId" },
  };
  const redeem = { call: "sendPreparedBroadcast", body: { preparedSendId: "{prepared}" }, expect: 202 };
  return [
    { name: "redeem twice", steps: [prepare, redeem, redeem] },
    { name: "redeem at once", steps: [prepare, { ...redeem, parallel: 4 }] },
  ];
}

function refusalRecipes({ mine, theirs }: Example, template: Readonly<Record<string, string>>): object[] {
  const prepare = (body: object, expected: string): object => ({
    call: "prepareBroadcast",
    body: { name: "Refused", ...template, ...body },
    expect: expected,
  });
  const later = { name: "Later", ...template, scheduleAt: "2030-01-01T00:00:00Z" };
  return [
    {
      name: "cancel what is final",
      steps: [{ call: "cancelBroadcast", path: { id: mine.broadcastId }, expect: "terminal_state" }],
    },
    {
      name: "a template that is not complete",
      steps: [prepare({ templateId: mine.incompleteTemplateId }, "validation_failed")],
    },
    {
      name: "a foreign template in a body",
      steps: [prepare({ templateId: theirs.templateId }, "not_found")],
    },
    {
      name: "a broadcast for later",
      steps: [{ call: "createBroadcast", body: later, expect: "not_implemented" }],
    },
  ];
}

function otherRecipes({ mine }: Example): object[] {
  const logo = { filename: "logo.png", contentType: "image/png", size: 68 };
  return [
    {
      name: "an asset and its end",
      steps: [
        { call: "presignAsset", body: logo, expect: 200, save: { asset: "/asset/id" } },
        { call: "finalizeAsset", path: { id: "{asset}" }, body: {}, expect: "validation_failed" },
        { call: "deleteAsset", path: { id: "{asset}" }, expect: 204 },
        { call: "deleteAsset", path: { id: "{asset}" }, expect: "not_found" },
      ],
    },
    {
      name: "a run and its state",
      steps: [
        {
          call: "triggerJourney",
          path: { id: mine.journeyId },
          body: { recipient: { email: "ada@harborandpine.example" } },
          expect: 202,
          save: { run: "/runId" },
        },
        { call: "getJourneyRun", path: { runId: "{run}" }, expect: 200 },
      ],
    },
  ];
}
