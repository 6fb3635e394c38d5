/**
 * The seed of every property test: the same in each run, so that what fails has been broken by a change. Other seeds find
 * what this one does not: `PROPERTY_SEED=7 npx vitest run test/property`.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? "2026") });
