/** Finds in an error body what only the inside of a server should know. */

/** Linear patterns of our own; each names what it finds. */
const signs: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a stack trace", /\bat [\w$.<>[\] ]{1,80} ?\((?:file:|node:|\/|[A-Z]:\\)[^()\n]{1,200}:\d+:\d+\)/],
  ["a stack trace", /\bFile "[^"\n]{1,200}", line \d+/],
  ["a stack trace", /Traceback \(most recent call last\)/],
  ["a stack trace", /\bat [\w$.]{1,120}\([\w$]{1,80}\.(?:java|kt|scala):\d+\)/],
  ["a stack trace", /\bgoroutine \d+ \[\w+/],
  ["a stack trace", /\bin [^\s:]{1,200}\.(?:php|rb|cs):(?:line )?\d+/],
  ["SQL", /\bSELECT\s[^;]{1,200}?\sFROM\s+["`[\w]/],
  ["SQL", /\b(?:INSERT INTO|DELETE FROM)\s+["`[\w]/],
  ["SQL", /\bUPDATE\s+["`[\w.\]]{1,80}\s+SET\s/],
  [
    "SQL",
    /\bSQLSTATE\b|\bORA-\d{5}\b|syntax error at or near|violates (?:unique|foreign key|not-null|check) constraint/,
  ],
  ["a file path", /(?:^|[\s"'(=:])\/(?:home|root|Users|usr|var|opt|srv|etc|tmp|app)\/[\w.-]+\/?[\w./-]*/],
  ["a file path", /(?:^|[\s"'(=])[A-Z]:\\{1,2}[\w .-]{1,80}\\{1,2}[\w .-]/],
  ["a file path", /\bnode_modules\//],
];

/** What of the inside the text shows; `undefined` where it shows nothing. At most 64 KiB are read. */
export function exposedInternals(text: string): string | undefined {
  const read = text.slice(0, 65_536);
  return signs.find(([, pattern]) => pattern.test(read))?.[0];
}
