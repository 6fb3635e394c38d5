/** Tells V8 to optimize later. Imported for its effect, before anything else. */
import { setFlagsFromString } from "node:v8";

/**
 * How much bytecode a function runs, in bytes, before V8 optimizes it (default: 67584). A run takes seconds and most of
 * its code is lukewarm: optimizing it takes more time than it ever gives back. What is really hot on a large document
 * is optimized all the same. Later engines than that of Node 20 have a compiler in between, and no such flag.
 */
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=1500000");
