/** The catalogue as typed data: what programs branch on, apart from the prose that people read. */
import { retryPolicies } from "../../contract/vocabulary.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { errorPageUrl } from "../../model/error-page.ts";
import type { ApiModel, ErrorCode } from "../../model/api-model.ts";
import { constant, interfaceOf, objectLiteral, typeAlias, type Member } from "../../print/declarations.ts";
import { jsonLines, propertyKey, stringUnion } from "../../print/literal.ts";

/**
 * `errorStatuses`, and for a declared catalogue `RetryPolicy`, `errorRetries`, `ErrorCatalogueEntry`, `errorCatalogue`.
 * Constants of their own, so that a bundler drops the prose where only a status is used.
 */
export function catalogueStatements(model: ApiModel): string[] {
  const { codes, origin } = model.errors;
  const byCode = (value: (code: ErrorCode) => Json): string =>
    objectLiteral(codes.map((code) => `${propertyKey(code.code)}: ${jsonLines(value(code), "  ")}`));
  const statuses = constant("errorStatuses", `${byCode(statusValue)} as const`, {
    doc: "The HTTP status of each code; a list where the document has several for it.",
  });
  if (origin !== "catalogue") return [statuses];
  return [
    statuses,
    typeAlias("RetryPolicy", stringUnion(retryPolicies), {
      doc: "What a caller may do with the same intent after an error.",
    }),
    constant(
      "errorRetries",
      byCode(({ retry }) => retry ?? "never"),
      {
        doc: "What a caller may do after each code.",
        type: "{ readonly [Code in ErrorCode]: RetryPolicy }",
      },
    ),
    interfaceOf("ErrorCatalogueEntry", entryMembers, {
      doc: "What the document says about one code. Texts are CommonMark.",
    }),
    constant(
      "errorCatalogue",
      byCode((code) => entryValue(model, code)),
      {
        doc: "Everything that the document says about each code.",
        type: "{ readonly [Code in ErrorCode]: ErrorCatalogueEntry }",
      },
    ),
  ];
}

const entryMembers = [
  { name: "status", type: "number" },
  { name: "title", type: "string" },
  { name: "retry", type: "RetryPolicy" },
  { name: "raisedBy", type: "readonly string[]" },
  { name: "meaning", type: "string", optional: true },
  { name: "remediation", type: "string", optional: true },
  {
    name: "message",
    type: "string",
    optional: true,
    doc: "Default wording of the message; not contract.",
  },
  { name: "fixedBy", type: '"caller" | "administrator" | "provider"', optional: true },
  { name: "since", type: "string", optional: true },
  { name: "deprecated", type: "string", optional: true },
  { name: "sunset", type: "string", optional: true },
  { name: "replacedBy", type: "string", optional: true },
  {
    name: "docUrl",
    type: "string",
    optional: true,
    doc: "The code's page in the published documentation.",
  },
].map((member): Member => ({ ...member, readonly: true }));

function statusValue({ statuses }: ErrorCode): Json {
  const values = statuses.map((status) => (/^\d{3}$/.test(status) ? Number(status) : status));
  return values.length === 1 ? (values[0] ?? null) : values;
}

function entryValue(model: ApiModel, code: ErrorCode): JsonObject {
  const { title, retry, raisedBy, meaning, remediation, message, fixedBy } = code;
  const { since, deprecated, sunset, replacedBy } = code;
  const optional = { meaning, remediation, message, fixedBy, since, deprecated, sunset, replacedBy };
  const docUrl = errorPageUrl(model.info, code.code);
  return {
    status: Number(code.statuses[0]),
    title,
    retry: retry ?? "never",
    raisedBy,
    ...present({ ...optional, docUrl }),
  };
}

function present(members: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
