/** The types of what a host configures: checks of credentials, requirements, and the rest. */
import { interfaceOf, type Member } from "../../print/declarations.ts";
import { memberName, stringLiteral } from "../../print/literal.ts";
import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { usedSchemes, type ServerOperation } from "./describe.ts";

/** `Authenticators`, `Requirements` (where there are any) and `ApiOptions`. */
export function optionStatements(model: ApiModel, operations: readonly ServerOperation[]): string[] {
  const principal = [{ name: "Principal" }];
  const schemes = usedSchemes(model).map(authenticator);
  const requirements = requirementMembers(model);
  const checks = (name: string, members: readonly Member[], doc: string): string[] =>
    members.length === 0 ? [] : [interfaceOf(name, members, { doc, typeParameters: principal })];
  return [
    ...checks("Authenticators", schemes, "The host's checks of credentials, by security scheme."),
    ...checks(
      "Requirements",
      requirements,
      "Checks after authorization, by the code they raise; each runs for the operations that list its code.",
    ),
    interfaceOf("ApiOptions", optionMembers(model, operations, schemes.length > 0, requirements.length > 0), {
      doc: "Everything that the host supplies.",
      typeParameters: [...principal, { name: "Transaction", default: "unknown" }],
      extends: "CommonOptions<Principal>",
    }),
  ];
}

function optionMembers(
  { errors }: ApiModel,
  operations: readonly ServerOperation[],
  secured: boolean,
  required: boolean,
): Member[] {
  const keyed = operations.some(({ operation }) => operation.idempotencyKey !== "none");
  const scoped = secured && (keyed || operations.some(({ lookup }) => lookup !== undefined));
  const members: (Member | false)[] = [
    { name: "handlers", type: "Handlers<Principal, Transaction>" },
    secured && { name: "authenticate", type: "Authenticators<Principal>" },
    required && { name: "requirements", type: "Requirements<Principal>" },
    scoped && {
      name: "tenant",
      type: "(principal: Principal) => string",
      doc: "Whose call it is. Scopes idempotency keys and `find`.",
    },
    keyed && { name: "idempotency", type: "IdempotencyOptions<Transaction>" },
    errors.origin !== "catalogue" && {
      name: "stageCodes",
      type: "{ readonly [Name in Stage]?: ErrorCode }",
      optional: true,
      doc: "The codes of the kit's own refusals, which the document does not assign to stages.",
    },
  ];
  return members.flatMap((member) => (member === false ? [] : [{ ...member, readonly: true }]));
}

function requirementMembers({ errors, operations }: ApiModel): Member[] {
  const raised = new Set(
    operations.flatMap((operation) =>
      operation.errors.filter(({ raisedBy }) => raisedBy.includes("requirement")).map(({ code }) => code),
    ),
  );
  return errors.codes
    .filter(({ code }) => raised.has(code))
    .map(({ code, title }) => ({
      name: memberName(code),
      type: `Requirement<Principal, ErrorDetails[${stringLiteral(code)}]>`,
      doc: title,
      readonly: true,
    }));
}

function authenticator(scheme: SecurityScheme): Member {
  const { name, type, parameterName } = scheme;
  const what =
    type === "apiKey"
      ? `The key in ${scheme.in ?? "header"} \`${parameterName ?? ""}\`.`
      : type === "http"
        ? `HTTP ${scheme.scheme ?? "bearer"}.`
        : undefined;
  return {
    name: memberName(name),
    type: `Authenticator<Principal, ${credentials(scheme)}>`,
    readonly: true,
    ...(what === undefined ? {} : { doc: what }),
  };
}

function credentials({ type, scheme }: SecurityScheme): string {
  if (type === "mutualTLS") return "ServerRequest";
  return type === "http" && scheme === "basic" ? "BasicCredentials" : "string";
}
