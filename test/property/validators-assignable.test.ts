/** What a validator accepts is assignable to the type that its guard narrows to. */
import { expect, test } from "vitest";
import { assignAccepted } from "./validators/assignable.ts";

test("accepted values of random schemas compile as values of their types", async () => {
  const { accepted, rejected, errors } = await assignAccepted(20_260_302, 8, 12);
  expect(errors).toEqual([]);
  // Neither all nor none: both would prove little.
  expect(accepted).toBeGreaterThan(300);
  expect(rejected).toBeGreaterThan(50);
});
