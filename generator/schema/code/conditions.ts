/** Puts conditions of generated code together. */

/** The logical opposite of a condition, in the shortest form that is certain to be right. */
export function negate(condition: string): string {
  if (condition === "true") return "false";
  if (condition === "false") return "true";
  const equality = /^((?:typeof )?[\w.]+|\((?:[\w.]+) as unknown\)) (===|!==) (\w+|"\w*")$/.exec(condition);
  if (equality !== null) {
    const [, left = "", operator, right = ""] = equality;
    return `${left} ${operator === "===" ? "!==" : "==="} ${right}`;
  }
  const flag = /^(!?)([\w.]+)$/.exec(condition);
  if (flag !== null) return `${flag[1] === "!" ? "" : "!"}${flag[2] ?? ""}`;
  const call = /^!([\w.]+\([^()|&]*\))$/.exec(condition);
  if (call?.[1] !== undefined) return call[1];
  return /^[\w.]+\([^()|&]*\)$/.test(condition) ? `!${condition}` : `!(${condition})`;
}

/** The negation of a condition, simplified where its operator allows it. */
export function opposite(condition: { readonly when: string; readonly opposite?: string }): string {
  return condition.opposite ?? negate(condition.when);
}

/** Joins conditions with `||`; each keeps its own precedence. */
export function anyOf(conditions: readonly string[]): string {
  if (conditions.includes("true")) return "true";
  if (conditions.length < 2) return conditions[0] ?? "false";
  return conditions.map((condition) => group(condition, / \? /)).join(" || ");
}

/** Joins conditions with `&&`. */
export function allOf(conditions: readonly string[]): string {
  if (conditions.length < 2) return conditions[0] ?? "true";
  return conditions.map(conjunct).join(" && ");
}

/** A condition as one of several that are joined with `&&`. */
export function conjunct(condition: string): string {
  return group(condition, / \|\| | \? /);
}

/** In parentheses, where the condition has operators that bind less, unless it stands in some already. */
function group(condition: string, weaker: RegExp): string {
  return weaker.test(condition) && !isGrouped(condition) ? `(${condition})` : condition;
}

/** True if the parentheses at both ends belong to each other. */
export function isGrouped(condition: string): boolean {
  if (!condition.startsWith("(") || !condition.endsWith(")")) return false;
  const inner = condition.slice(1, -1).replace(/"(?:[^"\\]|\\.)*"/g, "");
  let open = 0;
  for (const char of inner) {
    if (char === "(") open++;
    else if (char === ")" && --open < 0) return false;
  }
  return open === 0;
}
