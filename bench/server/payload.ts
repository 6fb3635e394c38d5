/** What is sent, what it has to fit, and what is answered. */

export const requestPath = "/api/v1/public/broadcasts/prepare";

/** The schema of the document, as a user of Fastify would write it down. */
export const bodySchema = {
  type: "object",
  required: ["name", "templateId", "segmentId"],
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 200 },
    templateId: { type: "string", format: "uuid" },
    segmentId: { type: "string", format: "uuid" },
    subjectOverride: { type: "string", minLength: 1, maxLength: 998 },
  },
};

export const validBody = JSON.stringify({
  name: "Autumn restock, returning customers",
  templateId: "4a1e8c2d-6b35-4f79-a0d8-93c7e5b1f246",
  segmentId: "91f4b7a6-3d2c-4e80-8b59-c6a1d0e7f384",
  subjectOverride: "You get in a day early",
});

/** One member is missing and one is of the wrong form. */
export const invalidBody = JSON.stringify({
  name: "Autumn restock, returning customers",
  templateId: "not-a-uuid",
});

export const prepared = {
  preparedSendId: "b6a5d4c3-f2e1-4d0c-9b8a-7f6e5d4c3b2a",
  audienceCount: 4218,
  subjectPreview: "The autumn colours are back in stock",
  senderProfile: {
    id: "6c7d8e9f-0a1b-4c2d-8e3f-4a5b6c7d8e9f",
    name: "Marta from Harbor & Pine",
    fromEmail: "marta@harborandpine.shop",
  },
  expiresAt: "2026-09-14T08:45:00Z",
};
