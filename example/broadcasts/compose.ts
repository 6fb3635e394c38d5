/** Checks that a template can be sent, and fixes the message that would be. */
import type { Find } from "lockstep-openapi-runtime/server";
import type { RequestIssue, SenderProfile } from "../api/responses.ts";
import { only, type Session } from "../database/database.ts";
import { owned } from "../database/owned.ts";
import { oneLine } from "../mail/render.ts";
import type { SegmentRow } from "../segments/handlers.ts";
import type { TemplateRow } from "../templates/template.ts";

export interface BroadcastRequest {
  readonly name: string;
  readonly templateId: string;
  readonly segmentId: string;
  readonly subjectOverride?: string;
}

/** Everything that sending needs, cut off from the template: later changes to that do not count. */
export interface Draft {
  readonly organizationId: string;
  readonly segmentId: string;
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly sender: SenderProfile;
}

export type Composed =
  | { readonly draft: Draft; readonly issues?: undefined }
  | { readonly issues: RequestIssue[]; readonly draft?: undefined };

/**
 * Looks up all that the request names before it checks any of it, so that no response tells what exists elsewhere.
 *
 * @throws Failure where template or segment are not the caller's.
 */
export async function compose(session: Session, request: BroadcastRequest, find: Find): Promise<Composed> {
  const template = await find(owned<TemplateRow>(session, "templates"), request.templateId);
  const segment = await find(owned<SegmentRow>(session, "segments"), request.segmentId);
  const { html, sender_profile_id } = template;
  const subject = request.subjectOverride ?? template.subject;
  if (template.status === "Archived" || html === null || subject === null || sender_profile_id === null) {
    return { issues: issuesOf(template, subject) };
  }
  const sender = await readSender(session, template.organization_id, sender_profile_id);
  return {
    draft: {
      organizationId: template.organization_id,
      segmentId: segment.id,
      name: request.name,
      subject: oneLine(subject),
      html,
      sender,
    },
  };
}

/** Every reason at once, so that they can be put right in one go. */
function issuesOf(template: TemplateRow, subject: string | null): RequestIssue[] {
  const name = JSON.stringify(template.name);
  return [
    ...issue(template.status === "Archived", "template_archived", `The template ${name} is archived.`),
    ...issue(template.html === null, "template_incomplete", `The template ${name} has no content.`),
    ...issue(subject === null, "template_without_subject", `The template ${name} has no subject.`),
    ...issue(
      template.sender_profile_id === null,
      "template_without_sender_profile",
      `The template ${name} has no sender profile.`,
    ),
  ];
}

function issue(applies: boolean, rule: string, message: string): RequestIssue[] {
  return applies ? [{ in: "body", pointer: "/templateId", rule, message }] : [];
}

async function readSender(session: Session, organizationId: string, id: string): Promise<SenderProfile> {
  const found = await session.query<{ name: string; from_email: string }>(
    "SELECT name, from_email FROM sender_profiles WHERE organization_id = $1 AND id = $2",
    [organizationId, id],
  );
  const { name, from_email } = only(found);
  return { id, name, fromEmail: from_email };
}
