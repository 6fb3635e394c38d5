import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["lockstep-source"] },
  ssr: { resolve: { conditions: ["lockstep-source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/soak/**", "**/node_modules/**"],
    setupFiles: ["test/support/property-seed.ts"],
    testTimeout: 60_000,
    typecheck: { enabled: false },
  },
});
