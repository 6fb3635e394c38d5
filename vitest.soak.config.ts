import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

// Not `mergeConfig`: it would append to `include` and `exclude`, and the base excludes just these tests.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/soak/**/*.soak.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 20 * 60_000,
    hookTimeout: 20 * 60_000,
  },
});
