/**
 * Measures how many small faults the tests notice: `npm run test:mutation [-- ROOM|FILE…] [--update]`.
 *
 * A room is a part of the code with the tests that cover it (test/mutation/rooms.json). Stryker puts one fault after
 * another into its files, in place, and runs the tests; the score is the percentage of faults that made a test fail.
 * Fails where the score of a room is more than two points below test/mutation/scores.json; `--update` writes that file. A
 * file that is named is mutated alone, with the tests of its room, and its score is only printed.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";

/** Points that a score may lose before the check fails: a timeout counts as noticed, and machines differ. */
const tolerance = 2;
const folder = join(import.meta.dirname, "../test/mutation");
const scoresFile = join(folder, "scores.json");
const rooms = readJson(join(folder, "rooms.json"));
const scores = existsSync(scoresFile) ? readJson(scoresFile) : {};

const { values, positionals } = parseArgs({
  options: { update: { type: "boolean" } },
  allowPositionals: true,
});
const subjects = (positionals.length === 0 ? Object.keys(rooms) : positionals).map(subjectOf);

for (const { name, files, tests, isRoom } of subjects) {
  const score = await mutate(files, tests);
  const before = isRoom ? scores[name] : undefined;
  console.log(`${name}: ${score} %${before === undefined ? "" : ` (${before} % before)`}`);
  if (before !== undefined && score < before - tolerance && !values.update) process.exitCode = 1;
  if (isRoom && values.update) {
    scores[name] = score;
    const sorted = Object.fromEntries(Object.entries(scores).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(scoresFile, `${JSON.stringify(sorted, null, 2)}\n`);
  }
}

/** A room by its name, or a file with the tests of the room that has it. */
function subjectOf(name) {
  if (Object.hasOwn(rooms, name)) return { name, ...rooms[name], isRoom: true };
  const room = Object.values(rooms).find(({ files }) => files.some((pattern) => matches(pattern, name)));
  if (room !== undefined) return { name, files: [name], tests: room.tests, isRoom: false };
  console.error(`${name} is neither a room nor a file of one. Rooms: ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}

/** `*` stands for any part of one name. */
function matches(pattern, file) {
  const literal = pattern.split("*").map((text) => text.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^/]*")}$`).test(file);
}

/** The score, with one decimal. Faults that no test can notice within its time count as noticed. */
async function mutate(files, tests) {
  process.env.MUTATION_TESTS = tests.join(",");
  const results = await new Stryker({
    mutate: files,
    // Generated code imports the runtime as a package, which a copy of the repository would resolve to the original.
    inPlace: true,
    disableTypeChecks: false,
    testRunner: "vitest",
    vitest: { configFile: "vitest.mutation.config.ts", related: false },
    coverageAnalysis: "perTest",
    // Messages are for people; that they are right is a matter of reading.
    mutator: { excludedMutations: ["StringLiteral"] },
    ignoreStatic: true,
    concurrency: 2,
    timeoutMS: 10_000,
    tempDirName: "tmp/mutation",
    reporters: ["clear-text"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    allowEmpty: false,
    checkers: [],
    plugins: ["@stryker-mutator/vitest-runner"],
  }).runMutationTest();
  const counted = results.filter(({ status }) => status !== "Ignored" && !status.endsWith("Error"));
  const noticed = counted.filter(({ status }) => status === "Killed" || status === "Timeout");
  return Math.round((1000 * noticed.length) / counted.length) / 10;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
