/** The sample for Python, with Requests. */
import { isArray, isObject, type Json } from "../../../json/json.ts";
import { sendsKey, type SampleSubject } from "./subject.ts";

export function pythonSample(subject: SampleSubject): string {
  const { code, envelope, retry, advice } = subject;
  const key = sendsKey(subject);
  const send = key ? "send(key)" : "send()";
  const imports = ["os", ...(retry === "after-delay" ? ["time"] : []), ...(key ? ["uuid"] : [])];
  return [
    ...imports.map((name) => `import ${name}`),
    "",
    "import requests",
    "",
    "",
    `def send(${key ? "key" : ""}):`,
    ...call(subject, key).map((line) => `    ${line}`),
    "",
    "",
    ...(key ? ["key = str(uuid.uuid4())"] : []),
    `response = ${send}`,
    `if not response.ok and response.json()${subscript(envelope.code)} == ${literal(code.code)}:`,
    `    # ${advice}`,
    ...action(subject).map((line) => `    ${line}`),
    ...(retry === "never" ? [] : [`    response = ${send}`]),
    "response.raise_for_status()",
  ].join("\n");
}

function call({ request }: SampleSubject, key: boolean): string[] {
  const { secret } = request;
  const headers = [
    ...(secret
      ? [
          `${literal(secret.header)}: ${secret.prefix === "" ? "" : `${literal(secret.prefix)} + `}os.environ["API_KEY"]`,
        ]
      : []),
    ...(key ? ['"Idempotency-Key": key'] : []),
    ...request.headers
      .filter(({ name, value }) => name !== "Content-Type" || value !== "application/json")
      .map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
  ];
  return [
    "return requests.request(",
    `    ${literal(request.method)},`,
    `    ${literal(request.server + request.target)},`,
    ...(headers.length === 0 ? [] : [`    headers={${headers.join(", ")}},`]),
    ...(request.body === undefined ? [] : [`    json=${indented(request.body, "    ")},`]),
    "    timeout=30,",
    ")",
  ];
}

function action({ retry, envelope }: SampleSubject): string[] {
  switch (retry) {
    case "never":
      return [`raise SystemExit(response.json()${subscript(envelope.message ?? envelope.code)})`];
    case "same-request":
      return [];
    case "after-delay":
      return ['time.sleep(int(response.headers.get("Retry-After", "1")))'];
    case "new-key":
      return ["key = str(uuid.uuid4())"];
  }
}

function subscript(path: readonly string[]): string {
  return path.map((name) => `[${literal(name)}]`).join("");
}

/** A JSON string is a Python string, but for lone surrogates, which Python keeps as they are. */
function literal(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${literal(name)}: ${literal(member)}`)
    .join(", ")}}`;
}

function indented(value: Json, indent: string): string {
  const line = literal(value);
  if (line.length <= 60 || (!isArray(value) && !isObject(value))) return line;
  const inner = `${indent}    `;
  const lines = isArray(value)
    ? value.map((item) => indented(item, inner))
    : Object.entries(value).map(([name, member]) => `${literal(name)}: ${indented(member, inner)}`);
  const [open, close] = isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.map((text) => `${inner}${text},\n`).join("")}${indent}${close}`;
}
