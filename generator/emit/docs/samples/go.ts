/** The sample for Go, with net/http. */
import { greatest } from "../../../json/extremes.ts";
import { sendsKey, type SampleSubject } from "./subject.ts";

/** `undefined` where a member of the envelope has a name that a struct tag cannot hold. */
export function goSample(subject: SampleSubject): string | undefined {
  const { code, envelope, retry, advice } = subject;
  const message = envelope.message ?? envelope.code;
  if ([...envelope.code, ...message].some((name) => !/^[\w.-]+$/.test(name))) return undefined;
  const key = sendsKey(subject);
  const send = key ? "send(key)" : "send()";
  return [
    "package main",
    "",
    ...imports(subject, key),
    "",
    "type problem struct {",
    ...structFields([envelope.code, message]).map((line) => `\t${line}`),
    "}",
    "",
    ...sendFunction(subject, key),
    "",
    "func main() {",
    ...(key ? ["\tkey := newKey()"] : []),
    `\tresponse, failure := ${send}`,
    `\tif failure.${fieldPath(envelope.code)} == ${goString(code.code)} {`,
    `\t\t// ${advice}`,
    ...action(subject).map((line) => `\t\t${line}`),
    ...(retry === "never" ? [] : [`\t\tresponse, failure = ${send}`]),
    "\t}",
    "\tif response.StatusCode >= 400 {",
    `\t\tlog.Fatal(failure.${fieldPath(message)})`,
    "\t}",
    "\tlog.Print(response.Status)",
    "}",
    ...(key ? ["", ...newKey] : []),
  ].join("\n");
}

function imports({ request, retry }: SampleSubject, key: boolean): string[] {
  const names = ["encoding/json", "log", "net/http"];
  if (request.secret) names.push("os");
  if (request.body !== undefined) names.push("strings");
  if (retry === "after-delay") names.push("strconv", "time");
  if (key) names.push("crypto/rand", "encoding/hex");
  return ["import (", ...names.sort().map((name) => `\t${goString(name)}`), ")"];
}

function sendFunction({ request }: SampleSubject, key: boolean): string[] {
  const body = request.body === undefined ? "nil" : "strings.NewReader(body)";
  const { secret } = request;
  const set = (name: string, value: string): string => `\trequest.Header.Set(${goString(name)}, ${value})`;
  return [
    ...(request.body === undefined ? [] : [`const body = ${goText(JSON.stringify(request.body))}`, ""]),
    `func send(${key ? "key string" : ""}) (*http.Response, problem) {`,
    `\trequest, err := http.NewRequest(${goString(request.method)}, ${goString(request.server + request.target)}, ${body})`,
    ...fatal,
    ...(secret
      ? [
          set(
            secret.header,
            `${secret.prefix === "" ? "" : `${goString(secret.prefix)}+`}os.Getenv("API_KEY")`,
          ),
        ]
      : []),
    ...(key ? [set("Idempotency-Key", "key")] : []),
    ...request.headers.map(({ name, value }) => set(name, goString(value))),
    "\tresponse, err := http.DefaultClient.Do(request)",
    ...fatal,
    "\tdefer response.Body.Close()",
    "\tvar failure problem",
    "\tif response.StatusCode >= 400 {",
    "\t\tif err := json.NewDecoder(response.Body).Decode(&failure); err != nil {",
    "\t\t\tlog.Fatal(err)",
    "\t\t}",
    "\t}",
    "\treturn response, failure",
    "}",
  ];
}

const fatal = ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"];

const newKey = [
  "func newKey() string {",
  "\tkey := make([]byte, 16)",
  "\trand.Read(key)",
  "\treturn hex.EncodeToString(key)",
  "}",
];

function action({ retry, envelope }: SampleSubject): string[] {
  switch (retry) {
    case "never":
      return [`log.Fatal(failure.${fieldPath(envelope.message ?? envelope.code)})`];
    case "same-request":
      return [];
    case "after-delay":
      return [
        'seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))',
        "if err != nil {",
        "\tseconds = 1",
        "}",
        "time.Sleep(time.Duration(seconds) * time.Second)",
      ];
    case "new-key":
      return ["key = newKey()"];
  }
}

/** Fields for paths into the body, one level at a time: `Error struct { Code string … }`. */
function structFields(paths: readonly (readonly string[])[]): string[] {
  const names = [...new Set(paths.map(([name = ""]) => name))];
  const width = greatest(names.map((name) => fieldName(name).length));
  return names.flatMap((name) => {
    const inner = paths.filter((path) => path[0] === name && path.length > 1).map((path) => path.slice(1));
    const tag = `\`json:"${name}"\``;
    if (inner.length === 0) return [`${fieldName(name).padEnd(width)} string ${tag}`];
    return [`${fieldName(name)} struct {`, ...structFields(inner).map((line) => `\t${line}`), `} ${tag}`];
  });
}

function fieldName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return `F${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}`.replace(
    /^F(?=[A-Z])/,
    "",
  );
}

function fieldPath(path: readonly string[]): string {
  return path.map(fieldName).join(".");
}

/** JSON's escapes are Go's, but for `\/`, which JSON.stringify does not write. */
function goString(text: string): string {
  return JSON.stringify(text);
}

function goText(text: string): string {
  return text.includes("`") || text.includes("\r") ? goString(text) : `\`${text}\``;
}
