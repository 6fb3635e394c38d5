/** The passive half of `verify`: reads traffic from a file and classifies it. */
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Json } from "../../json/json.ts";
import { makeReport, type VerifyReport } from "../../verify/report/report.ts";
import { fromHarEntry, fromLogLine, type RecordedExchange } from "../../verify/traffic/exchange-of.ts";
import { HarEntries } from "../../verify/traffic/har-entries.ts";
import { TrafficClassifier } from "../../verify/traffic/classify-traffic.ts";
import { UsageError } from "../exit-codes.ts";
import type { Progress } from "../report/progress.ts";
import type { ReadModel } from "../../pipeline/read-model.ts";
import type { Context } from "../report/terminal.ts";
import type { VerifyFlags } from "./options.ts";

/** Characters of one line of a log. */
const maxLine = 16 * 1024 * 1024;

export async function verifyTraffic(
  { model, place }: ReadModel,
  flags: VerifyFlags,
  { cwd }: Context,
  progress: Progress,
): Promise<VerifyReport> {
  const name = flags.har ?? flags.log ?? "";
  const [server] = model.servers;
  const address = server?.defaultUrl.replace(/\/+$/, "") ?? "";
  const classifier = new TrafficClassifier(model, basePathOf(address));
  const add = (value: RecordedExchange | undefined): void => {
    if (value === undefined) return;
    classifier.add(value);
    if (classifier.count % 1000 === 0) progress.stage(`${classifier.count} exchanges`);
  };
  const path = resolve(cwd, name);
  if (flags.har === undefined)
    await readLog(path, name, (line) => {
      add(fromLogLine(line));
    });
  else
    await readHar(path, name, (entry) => {
      add(fromHarEntry(entry));
    });
  const run = classifier.result();
  if (flags.reached !== undefined) {
    const lines = run.reached.map((entry) => `${JSON.stringify(entry)}\n`);
    await writeFile(resolve(cwd, flags.reached), lines.join(""));
  }
  const report = makeReport({
    run,
    subject: name,
    baseUrl: originOf(address),
    secrets: classifier.secrets,
    place,
  });
  return { ...report, requests: classifier.count };
}

function basePathOf(address: string): string {
  if (!URL.canParse(address, "http://localhost")) return "";
  return new URL(address, "http://localhost").pathname.replace(/\/+$/, "");
}

/** Targets of recorded requests have the base path already. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}

async function readHar(path: string, name: string, take: (entry: Json) => void): Promise<void> {
  const entries = new HarEntries();
  for await (const chunk of textOf(path, name)) for (const entry of entries.read(chunk)) take(entry);
  if (!entries.complete) throw new UsageError(`${name} is not a HAR file, or it was cut off.`);
}

async function readLog(path: string, name: string, take: (line: Json) => void): Promise<void> {
  let rest = "";
  let number = 0;
  const takeLine = (line: string): void => {
    number += 1;
    if (line.trim() !== "") take(parseLine(line, `${name}:${number}`));
  };
  for await (const chunk of textOf(path, name)) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > maxLine) throw new UsageError(`${name}:${number + 1} is too long for one exchange.`);
    for (const line of lines) takeLine(line);
  }
  takeLine(rest);
}

function parseLine(line: string, at: string): Json {
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    return JSON.parse(line) as Json;
  } catch {
    throw new UsageError(
      `${at} is not a JSON object. Each line of a log is one exchange; docs/verify.md shows one.`,
    );
  }
}

async function* textOf(path: string, name: string): AsyncGenerator<string> {
  try {
    const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 });
    // With an encoding a stream hands out text.
    for await (const chunk of stream) yield chunk as string;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(`${name} cannot be read (${code}).`);
  }
}
