/** The types of what a host configures: checks of credentials, requirements, and the rest. */
import { interfaceOf, type Member } from "../../print/declarations.ts";
import { memberName, stringLiteral, stringUnion } from "../../print/literal.ts";
import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { stageMembers } from "./stage-options.ts";
import { usedSchemes, type ServerOperation } from "./describe.ts";

/** `Authenticators`, `Requirements` (where there are any) and `ApiOptions`. */
export function optionStatements(model: ApiModel, operations: readonly ServerOperation[]): string[] {
  const principal = [{ name: "Principal" }];
  const schemes = usedSchemes(model).map((scheme) => authenticator(scheme, denialOf(model)));
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
    interfaceOf("ApiMiddleware", middlewareMembers, {
      doc: "Functions around handlers; each gives what `next` gives, or a declared result or failure of its own.",
      typeParameters: [...principal, { name: "Transaction", default: "unknown" }],
    }),
    interfaceOf("ApiOptions", optionMembers(model, operations, schemes.length > 0, requirements.length > 0), {
      doc: "Everything that the host supplies.",
      typeParameters: [...principal, { name: "Transaction", default: "unknown" }],
      extends: "CommonOptions<Principal>",
    }),
  ];
}

/** What a host puts around all handlers. */
const aroundHandlers: readonly Member[] = [
  {
    name: "mapErrors",
    type: "(error: unknown, context: { readonly operation: OperationId; readonly fail: Fail<ErrorCode, ErrorDetails> }) => Failure<ErrorCode> | undefined",
    optional: true,
    doc: "Turns what a handler threw into a declared failure; `undefined` becomes the unhandled code.",
  },
  {
    name: "around",
    type: "ApiMiddleware<Principal, Transaction>",
    optional: true,
    doc: "Runs around handlers: of all operations, of a tag, of one operation.",
  },
];

const middlewareMembers: readonly Member[] = [
  { name: "all", type: "Around<AdmittedCall<Principal | undefined>>", optional: true },
  {
    name: "groups",
    type: "{ readonly [Group in keyof Handlers<Principal>]?: Around<AdmittedCall<Principal | undefined>> }",
    optional: true,
  },
  {
    name: "operations",
    type: "{ readonly [Id in OperationId]?: Around<OperationContext<Id, Principal, Transaction>, HandlerResponse<Shape<Id, Principal, Transaction>>> }",
    optional: true,
  },
].map((member) => ({ ...member, readonly: true }));

function optionMembers(
  model: ApiModel,
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
    secured &&
      keyed && {
        name: "caller",
        type: "(principal: Principal) => string",
        doc: 'Who of the tenant. Scopes idempotency keys together with it; `() => ""` shares the keys of a tenant.',
      },
    keyed && { name: "idempotency", type: "IdempotencyOptions<Transaction>" },
    ...aroundHandlers,
    ...stageMembers(model),
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

/** True if a code has to say why credentials are not valid. */
export function hasDenials(model: ApiModel): boolean {
  return denialCodes(model).length > 0;
}

function denialCodes({ errors }: ApiModel): readonly string[] {
  return errors.codes
    .filter(({ raisedBy }) => errors.origin !== "catalogue" || raisedBy.includes("authentication"))
    .map(({ code }) => code);
}

/** The codes that say why credentials are not valid, with their details. */
function denialOf(model: ApiModel): string {
  const codes = denialCodes(model);
  return codes.length === 0 ? "never" : `Denial<ErrorDetails, ${stringUnion(codes)}>`;
}

function authenticator(scheme: SecurityScheme, denial: string): Member {
  const { name, type, parameterName } = scheme;
  const what =
    type === "apiKey"
      ? `The key in ${scheme.in ?? "header"} \`${parameterName ?? ""}\`.`
      : type === "http"
        ? `HTTP ${scheme.scheme ?? "bearer"}.`
        : undefined;
  return {
    name: memberName(name),
    type: `Authenticator<Principal, ${credentials(scheme)}, ${denial}>`,
    readonly: true,
    ...(what === undefined ? {} : { doc: what }),
  };
}

function credentials({ type, scheme }: SecurityScheme): string {
  if (type === "mutualTLS") return "ServerRequest";
  return type === "http" && scheme === "basic" ? "BasicCredentials" : "string";
}
