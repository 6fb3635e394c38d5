/** Threads share the emitters out: none is left over, none runs twice. */
import { expect, it } from "vitest";
import { EmitterQueue } from "../../generator/cli/generate/emitter-queue.ts";
import { emitters } from "../../generator/cli/generate/emitters.ts";

it("gives every emitter to one thread, each its own first", () => {
  const here = new EmitterQueue();
  const beside = new EmitterQueue(here.taken).take("beside");
  const takenHere: string[] = [];
  const takenBeside: string[] = [];
  for (const { name } of here.take("here")) {
    takenHere.push(name);
    const next = beside.next();
    if (next.done !== true) takenBeside.push(next.value.name);
  }
  const placeOf = (wanted: string | undefined): string | undefined =>
    emitters.find(({ name }) => name === wanted)?.place;
  expect(placeOf(takenHere[0])).toBe("here");
  expect(placeOf(takenBeside[0])).toBe("beside");
  expect([...takenHere, ...takenBeside].sort()).toEqual(emitters.map(({ name }) => name).sort());
});
