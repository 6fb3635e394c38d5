/** The sample for a shell, with curl and jq. */
import { sendsKey, type SampleSubject } from "./subject.ts";

export function curlSample(subject: SampleSubject): string {
  const { request, code, envelope, retry, advice } = subject;
  const key = sendsKey(subject);
  const call = ["curl --silent --show-error --dump-header headers.txt"];
  if (request.method !== "GET") call.push(`--request ${request.method}`);
  call.push(quote(request.server + request.target));
  const { secret } = request;
  if (secret) call.push(`--header "${doubleQuoted(`${secret.header}: ${secret.prefix}`)}$API_KEY"`);
  if (key) call.push('--header "Idempotency-Key: $1"');
  for (const { name, value } of request.headers) call.push(`--header ${quote(`${name}: ${value}`)}`);
  if (request.body !== undefined) call.push(`--data ${quote(JSON.stringify(request.body))}`);
  const send = key ? 'send "$key"' : "send";
  return [
    "send() {",
    `  ${call.join(" \\\n    ")}`,
    "}",
    "",
    ...(key ? ["new_key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \\n'; }", "", "key=$(new_key)"] : []),
    `response=$(${send})`,
    `case "$(jq --raw-output ${quote(`${jqPath(envelope.code)} // empty`)} <<<"$response")" in`,
    `  ${quote(code.code)})`,
    `    # ${advice}`,
    ...action(subject).map((line) => `    ${line}`),
    ...(retry === "never" ? [] : [`    response=$(${send})`]),
    "    ;;",
    "esac",
    'echo "$response"',
  ].join("\n");
}

function action({ retry, envelope }: SampleSubject): string[] {
  switch (retry) {
    case "never":
      return [
        `jq --raw-output ${quote(jqPath(envelope.message ?? envelope.code))} <<<"$response" >&2`,
        "exit 1",
      ];
    case "same-request":
      return [];
    case "after-delay":
      return [
        `sleep "$(sed -n 's/^retry-after: *\\([0-9]*\\).*/\\1/Ip' headers.txt | tail -n 1 | grep . || echo 1)"`,
      ];
    case "new-key":
      return ["key=$(new_key)"];
  }
}

/** In single quotes nothing has a meaning but the quote. */
function quote(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function doubleQuoted(text: string): string {
  return text.replace(/[\\"$`]/g, "\\$&");
}

function jqPath(path: readonly string[]): string {
  return path
    .map((name) => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.[${JSON.stringify(name)}]`))
    .join("");
}
