/** The law of `soundness-law.ts` for what clients send. */
import { test } from "vitest";
import { expectSoundness } from "./soundness-law.ts";

test.each(["request", "query"] as const)(
  "no value that is sent and refused is called safe: %s",
  expectSoundness,
);
