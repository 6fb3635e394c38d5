/** The same for what servers send, in a file of its own, because files run side by side. */
import { test } from "vitest";
import { byInterpreter } from "../support/soundness.ts";
import { expectSoundness, soakPairs } from "../support/soundness-law.ts";

test("no value that is sent and refused is called safe: response", () => {
  expectSoundness("response", { numRuns: soakPairs("response"), samples: 5, judge: byInterpreter });
});
