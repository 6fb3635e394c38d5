/** The reference: what its shell shows before, or without, the script; and all of it as Markdown. */
import { errorPagePath } from "../../../model/error-page.ts";
import type { Operation, Response } from "../../../model/api-model.ts";
import { sampleValue } from "../../../openapi/sample.ts";
import type { Page } from "../site.ts";
import { addresses, hasErrorPages, tagsOf } from "./addresses.ts";
import { operationRow, type SiteContext } from "./operation-row.ts";

export function referencePage(context: SiteContext): Page {
  const { model } = context;
  return {
    path: addresses.reference,
    template: "reference",
    title: "API reference",
    description: `Every operation of ${model.info.title}: parameters, bodies, ${hasErrorPages(model) ? "responses and error codes" : "and responses"}.`,
    view: {
      api: model.info.title,
      version: model.info.version,
      servers: model.servers.map(({ url }) => url),
      operations: model.operations.map((operation) => operationView(context, operation)),
    },
  };
}

function operationView(context: SiteContext, operation: Operation): object {
  const { model } = context;
  const body = operation.requestBody?.content[0];
  const example = body && (body.examples[0]?.value ?? sampleValue(model.document, body.schema));
  return {
    ...operationRow(context, operation),
    heading: operation.summary ?? operation.id,
    tag: tagsOf(operation)[0] ?? "",
    description: operation.description ?? "",
    security: securityText(operation),
    parameters: operation.parameters.map(({ name, in: place, required, description }) => ({
      name,
      place,
      required,
      description: description ?? "",
    })),
    bodyType: body?.mediaType ?? "",
    body: example === undefined ? "" : JSON.stringify(example, null, 2),
    responses: operation.responses
      .filter(({ status }) => /^[123]/.test(status))
      .map((response) => responseView(response)),
    codes: [...new Map(operation.errors.map(({ code, status }) => [code, status]))].map(([code, status]) => ({
      code,
      status,
      address: errorPagePath(code),
    })),
  };
}

function responseView({ status, description, content }: Response): object {
  const example = content[0]?.examples[0]?.value;
  return { status, description, example: example === undefined ? "" : JSON.stringify(example, null, 2) };
}

function securityText({ security }: Operation): string {
  const alternatives = security.map(({ schemes }) =>
    schemes
      .map(({ scheme, scopes }) => (scopes.length === 0 ? scheme : `${scheme} (${scopes.join(", ")})`))
      .join(" and "),
  );
  return alternatives.map((text) => (text === "" ? "none" : text)).join(", or ");
}
