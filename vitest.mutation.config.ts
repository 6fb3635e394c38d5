import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The tests that cover the room of scripts/mutate.mjs. */
const include = process.env["MUTATION_TESTS"]?.split(",") ?? [];

export default defineConfig({ ...base, test: { ...base.test, include } });
