/** The types of codes, statuses, details and bodies. */
import { pointerTokens } from "../../json/pointer.ts";
import type { ApiModel, ErrorCode, ErrorEnvelope } from "../../model/api-model.ts";
import { interfaceOf, typeAlias, type Member } from "../../print/declarations.ts";
import { memberName, stringLiteral, stringUnion } from "../../print/literal.ts";

/** `ErrorCode`, `RetiredErrorCode`, `ErrorStatuses`, `ErrorDetails`, `ErrorBodies`, `ErrorBody`. */
export function codeStatements({ errors }: ApiModel): string[] {
  const byCode = (type: (code: ErrorCode) => string): Member[] =>
    errors.codes.map((code) => ({ name: memberName(code.code), type: type(code), ...describe(code) }));
  return [
    typeAlias("ErrorCode", stringUnion(errors.codes.map(({ code }) => code)), {
      doc: "Every error code that this API returns.",
    }),
    typeAlias("RetiredErrorCode", stringUnion(errors.retired.map(({ code }) => code)), {
      doc: "Codes of the past: never returned again, never given another meaning.",
    }),
    interfaceOf(
      "ErrorStatuses",
      byCode(({ statuses }) => statuses.map(statusType).join(" | ")),
      { doc: "The HTTP status of each code." },
    ),
    interfaceOf("ErrorDetails", byCode(detailsType), {
      doc: "The `details` of each code; `undefined` where it has none.",
    }),
    interfaceOf(
      "ErrorBodies",
      byCode((code) => bodyType(code, errors.envelope)),
      { doc: "The whole body of each code." },
    ),
    typeAlias("ErrorBody", "ErrorBodies[Code]", {
      doc: "The bodies of some codes, by default of all: a union that the code discriminates.",
      typeParameters: [{ name: "Code", constraint: "ErrorCode", default: "ErrorCode" }],
    }),
  ];
}

/** `404`, `"4XX"`, `"default"`: the keys that `types.ts` has. */
export function statusType(status: string): string {
  return /^\d{3}$/.test(status) ? status : stringLiteral(status);
}

/** Does some type here come from `types.ts`? */
export function usesComponents({ errors }: ApiModel): boolean {
  return errors.codes.some((code) =>
    `${detailsType(code)} ${bodyType(code, errors.envelope)}`.includes('components["schemas"]'),
  );
}

/** `components["schemas"]["…"]` for a named schema; `undefined` for a schema at any other place. */
function schemaType(pointer: string | undefined): string | undefined {
  const [components, section, name, ...rest] = pointerTokens(pointer ?? "");
  const named = components === "components" && section === "schemas" && rest.length === 0;
  return named && name !== undefined ? `components["schemas"][${stringLiteral(name)}]` : undefined;
}

function detailsType({ details }: ErrorCode): string {
  if (details === undefined) return "undefined";
  const type = schemaType(details.pointer) ?? "unknown";
  return details.required ? type : `${type} | undefined`;
}

/** The named schema of the code inside what the envelope wraps around it; else the envelope narrowed to the code. */
function bodyType(code: ErrorCode, envelope: ErrorEnvelope | undefined): string {
  const path = envelope?.code ?? ["code"];
  const holder = path.slice(0, -1);
  const named = schemaType(code.objectSchema);
  if (named !== undefined) return wrap(holder, named);
  const member = memberName(path.at(-1) ?? "code");
  const narrowed = wrap(holder, `{ ${member}: ${stringLiteral(code.code)} }`);
  const whole = schemaType(envelope?.schema);
  return whole === undefined ? narrowed : `${whole} & ${narrowed}`;
}

function wrap(path: readonly string[], inner: string): string {
  return path.reduceRight((type, step) => `{ ${memberName(step)}: ${type} }`, inner);
}

/** What an editor shows over a code. */
function describe({ code, title, deprecated, replacedBy }: ErrorCode): { doc?: string } {
  const instead = replacedBy === undefined ? "" : `; expect \`${replacedBy}\` instead`;
  const lines = [
    ...(title === code ? [] : [title]),
    ...(deprecated === undefined ? [] : [`@deprecated since ${deprecated}${instead}`]),
  ];
  return lines.length === 0 ? {} : { doc: lines.join("\n") };
}
