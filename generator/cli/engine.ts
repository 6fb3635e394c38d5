/** Sets V8 up for a run of a few seconds in two threads. Imported for its effect, before anything else. */
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/**
 * How much bytecode a function runs, in bytes, before V8 optimizes it (default: 67584). A run takes seconds and most of
 * its code is lukewarm: optimizing it takes more time than it ever gives back. What is really hot on a large document
 * is optimized all the same. Later engines than that of Node 20 have a compiler in between, and no such flag.
 */
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=1500000");

/** Helpers of the garbage collector only get in the way where the two threads have no more than two cores. */
if (availableParallelism() <= 2) setFlagsFromString("--no-parallel-scavenge");
