import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

export default mergeConfig(
  base,
  defineConfig({ test: { include: ["test/soak/**/*.soak.ts"], testTimeout: 20 * 60_000 } }),
);
