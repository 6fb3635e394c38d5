/** The law of `soundness-law.ts` for what servers send. */
import { test } from "vitest";
import { expectSoundness } from "./soundness-law.ts";

test("no value that is sent and refused is called safe: response", () => {
  expectSoundness("response");
});
