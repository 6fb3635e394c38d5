/** Malformed and hostile variations of a request, the same ones for the same seed. */
import type { Sample } from "./example-service.ts";

export interface HostileOptions {
  readonly seed: number;
  readonly count: number;
}

/** Every third is the sample with one value replaced, every third has a broken body, every third an odd address or header. */
export function* hostileRequests(sample: Sample, { seed, count }: HostileOptions): Generator<Sample> {
  const random = mulberry32(seed);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new RangeError("There is nothing to pick from.");
    return value;
  };
  for (let index = 0; index < count; index++) {
    if (index % 3 === 0) yield { ...sample, body: replaced(sample.body ?? {}, pick) };
    else if (index % 3 === 1) yield { ...sample, body: pick(brokenBodies), headers: pick(oddHeaders) };
    else yield { ...sample, path: oddPath(sample.path, pick), headers: pick(oddHeaders) };
  }
}

type Pick = <Value>(values: readonly Value[]) => Value;

const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.1,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u2028",
  "' OR 1=1 --",
  "{{constructor}}",
  "{{__proto__}}",
  "\r\nBcc: everyone@example.com",
  "💥".repeat(100),
  "x".repeat(999),
  "x".repeat(100_000),
  "00000000-0000-0000-0000-000000000000",
  "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
  "2027-02-30T00:00:00Z",
  [],
  [[]],
  {},
  { $ref: "#" },
  { toString: 1, constructor: { prototype: null } },
];

/** Texts, because JSON.stringify would put them right, or would not survive them. */
const brokenBodies: readonly string[] = [
  "",
  " ",
  "[",
  "{",
  "nul",
  '"text"',
  "[]",
  "1",
  "1e999",
  '{"a":1,}',
  '{"__proto__":{"name":"x"}}',
  '{"name":"\\u0000","templateId":"\\ud800"}',
  "[".repeat(50_000),
  `{"recipient":{"userId":"x"},"variables":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
  `{"recipient":{"userId":"\\u0000","anonymousId":"\\udfff"},"variables":{"\\u0000":"\\u0000"}}`,
  `{"recipient":{"email":"${"a".repeat(64)}@example.com"}}`,
  `{"filename":"\\ud800\\u0000/../..","contentType":"image/png","size":1}`,
  `{"description":"\\u0000","altText":"\\udc00"}`,
  `{${Array.from({ length: 500 }, (_, index) => `"m${index}":1`).join(",")}}`,
];

const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": ";;;" },
  { "content-encoding": "gzip" },
  { "idempotency-key": "x".repeat(300) },
  { "idempotency-key": '"unfinished' },
  { "x-request-id": "\"'; DROP TABLE" },
  { accept: "text/html" },
];

function replaced(body: unknown, pick: Pick): unknown {
  const members: [string, unknown][] = Object.entries(typeof body === "object" && body !== null ? body : {});
  const others = ["unknown", "__proto__", "constructor", "scheduleAt", "subjectOverride", "variables"];
  const name = pick([...members.map(([key]) => key), ...others]);
  return Object.fromEntries([...members.filter(([key]) => key !== name), [name, pick(oddValues)]]);
}

function oddPath(path: string, pick: Pick): string {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/;
  const odd = pick(["%00", "%ff", "..%2f..", "a%27%20OR%201%3D1", "%F0%9F%92%A5", "x".repeat(2_000), "-"]);
  return pick([
    path.replace(id, odd),
    `${path}${path.includes("?") ? "&" : "?"}${odd}=${odd}`,
    `${path.split("?")[0] ?? ""}?pageSize=${pick(["0", "101", "1e2", "NaN", odd, "1&pageSize=2"])}&status=${odd}`,
  ]);
}

/** A small generator with a seed; what it gives need not be unpredictable. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
