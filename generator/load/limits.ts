/** How large and how deep a document may be. Beyond, loading stops with a diagnostic instead of running out. */

/** Bytes of one file. The largest public descriptions are near 15 MB. */
export const maxFileBytes = 64 * 1024 * 1024;

/** Objects and arrays inside one another. A hundred levels of nested schemas take about 300. */
export const maxDepth = 600;

/** Objects and arrays that YAML aliases may expand to, whatever the size of the text… */
export const maxExpandedNodes = 250_000;
/** … or this many times as many as the text has, for large texts. */
export const maxExpansion = 10;

/** Files that one document may consist of. */
export const maxFiles = 5_000;

/** Milliseconds that one remote file may take. */
export const remoteTimeout = 30_000;
