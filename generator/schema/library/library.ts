/**
 * The runtime library of generated validators: small functions, written into `runtime.ts` beside them, only those that
 * are used. They are kept as text because they belong to the output; the tests run what is emitted.
 */
import { guardHelpers } from "./guards.ts";
import { hostHelpers } from "./hosts.ts";
import { issueHelpers } from "./issues.ts";
import { internetHelpers } from "./internet.ts";
import { nameHelpers } from "./names.ts";
import { patternHelpers } from "./patterns.ts";
import { resourceHelpers } from "./resources.ts";
import { timeHelpers } from "./time.ts";
import { valueHelpers } from "./values.ts";

export interface Helper {
  /** Other helpers that it calls. */
  readonly uses: readonly string[];
  readonly source: string;
}

const helpers = {
  ...issueHelpers,
  ...guardHelpers,
  ...valueHelpers,
  ...timeHelpers,
  ...hostHelpers,
  ...internetHelpers,
  ...nameHelpers,
  ...patternHelpers,
  ...resourceHelpers,
} as const satisfies Record<string, Helper>;

export type HelperName = keyof typeof helpers;

export function isHelperName(name: string): name is HelperName {
  return Object.hasOwn(helpers, name);
}

/** These helpers and all that they use. */
export function withUses(names: Iterable<HelperName>): ReadonlySet<HelperName> {
  const wanted = new Set<HelperName>();
  const queue: string[] = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (!isHelperName(name) || wanted.has(name)) continue;
    wanted.add(name);
    queue.push(...helpers[name].uses);
  }
  return wanted;
}

/** The source of these helpers, in the library's own order. */
export function printLibrary(names: ReadonlySet<HelperName>): string {
  const sources = Object.entries(helpers).flatMap(([name, helper]) =>
    isHelperName(name) && names.has(name) ? [helper.source.trim()] : [],
  );
  return `${sources.join("\n\n")}\n`;
}
