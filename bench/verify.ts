/**
 * How many seeded faults `lockstep verify` finds, with how many requests: the example server behind a front that breaks
 * one promise at a time (`npm run bench -- verify [NAME…]`), a third of which was not looked at while the probes were
 * built. Before that, what it finds on each adapter as it is; with EXAMPLE_ON=postgres on that database. Responses of the
 * unbroken server to the same request are remembered, so that a run takes minutes.
 */
import { join } from "node:path";
import { startExample } from "../test/support/example-service.ts";
import { parseActors } from "../generator/verify/actors.ts";
import { adapters, serveExample } from "./verify/adapters.ts";
import { actorsFile } from "./verify/example-actors.ts";
import type { Fault } from "./verify/fault.ts";
import { knownFaults } from "./verify/faults.ts";
import { heldOutFaults } from "./verify/held-out-faults.ts";
import { rememberResponses, startFront } from "./verify/faulty-front.ts";
import { modelOf, verifyFront } from "./verify/verify-front.ts";

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const root = join(import.meta.dirname, "..");
  const example = await startExample();
  const actors = parseActors(await actorsFile(example), "actors.yaml", {});
  const model = await modelOf(join(root, "openapi/openapi.yaml"), root);
  for (const adapter of names.length === 0 ? adapters : []) {
    const served = await serveExample(adapter, example.database);
    const run = await verifyFront(served.url, model, actors, { allowWrites: true });
    await served.close();
    console.log(`${adapter}: ${run.findings.length} findings, ${run.exchanges.length} requests`);
    for (const { message } of run.findings) console.log(`  ${message}`);
  }
  const remember = rememberResponses();
  const none: Fault = (request, { next }) => next(request);
  for (const [title, faults] of Object.entries({
    "no fault": { none },
    known: knownFaults,
    "held out": heldOutFaults,
  })) {
    let found = 0;
    const chosen = Object.entries(faults).filter(([name]) => names.length === 0 || names.includes(name));
    for (const [name, fault] of chosen) {
      const front = await startFront(example.url, fault, { ...example, remember });
      const began = performance.now();
      const run = await verifyFront(front.url, model, actors, { allowWrites: true });
      await front.close();
      if (run.findings.length > 0) found += 1;
      const rules = [...new Set(run.findings.map(({ rule }) => rule))].join(", ");
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(
        `${run.findings.length === 0 ? "-" : "+"} ${name}: ${rules} (${front.count()} requests, ${seconds} s)`,
      );
      if (name === "none") for (const { message } of run.findings) console.log(`  ${message}`);
    }
    console.log(`${title}: ${found} of ${chosen.length} found`);
  }
  await example.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
