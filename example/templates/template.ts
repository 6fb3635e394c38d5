/** Templates as they are stored, and as they are shown. */
import type { Template } from "../api/responses.ts";
import type { Owned } from "../database/owned.ts";

export interface TemplateRow extends Owned {
  readonly name: string;
  readonly type: string;
  readonly status: Template["status"];
  readonly purpose: Template["purpose"];
  readonly language: string;
  readonly subject: string | null;
  readonly html: string | null;
  readonly sender_profile_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function toTemplate(row: TemplateRow): Template {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    type: row.type,
    status: row.status,
    purpose: row.purpose,
    isComplete: row.html !== null && row.subject !== null && row.sender_profile_id !== null,
    language: row.language,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
