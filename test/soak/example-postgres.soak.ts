/** The tests of the example once more, on a real PostgreSQL. */
process.env["EXAMPLE_ON"] = "postgres";
await import("../e2e/example-answers.test.ts");
await import("../e2e/example-isolation.test.ts");
await import("../e2e/example-sending.test.ts");
