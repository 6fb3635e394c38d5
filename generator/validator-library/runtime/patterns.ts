/** A matcher for patterns that would make a backtracking engine run away. */

/**
 * A regular expression without back-references, as nested lists: the number of a class of characters; all of some parts
 * one after the other; any one of some; a part repeated (-1 times at most: without end); what must be at a place.
 */
export type PatternTree =
  | number
  | readonly ["all" | "any", ...PatternTree[]]
  | readonly ["repeat", min: number, max: number, PatternTree]
  | readonly ["start"]
  | readonly ["end"]
  | readonly ["boundary", isNegated: boolean, wordClass: number]
  | readonly ["look", isAhead: boolean, isNegated: boolean, PatternTree];

/** What to do, with which operand, and which step comes next. A choice has two next steps. */
export type PatternStep = readonly [
  "class" | "choice" | "start" | "end" | "boundary" | "not-boundary" | "look" | "not-look" | "accept",
  number,
  number,
];

export interface PatternProgram {
  readonly steps: PatternStep[];
  readonly looks: { readonly entry: number; readonly isAhead: boolean }[];
}

/** For each character of a text, which classes it is in. */
export type PatternRows = readonly (readonly boolean[])[];

/** Adds the steps of a part that lead to the step that is next, and gives the first of them. */
export function compilePattern(
  program: PatternProgram,
  part: PatternTree,
  next: number,
  isBackward: boolean,
): number {
  const add = (...step: PatternStep): number => program.steps.push(step) - 1;
  const compile = (one: PatternTree, then: number): number => compilePattern(program, one, then, isBackward);
  if (typeof part === "number") return add("class", part, next);
  switch (part[0]) {
    case "all": {
      const [, ...parts] = part;
      if (isBackward) parts.reverse();
      return parts.reduceRight<number>((then, one) => compile(one, then), next);
    }
    case "any": {
      const [, ...parts] = part;
      return parts.map((one) => compile(one, next)).reduce((one, other) => add("choice", one, other));
    }
    case "repeat":
      return compileRepetition(program, part, next, isBackward);
    case "start":
    case "end":
      return add(part[0], 0, next);
    case "boundary":
      return add(part[1] ? "not-boundary" : "boundary", part[2], next);
    case "look": {
      const [, isAhead, isNegated, body] = part;
      // What is ahead of a place is found by reading backward from the end, for all places at once.
      const look = { entry: compilePattern(program, body, 0, isAhead), isAhead };
      return add(isNegated ? "not-look" : "look", program.looks.push(look) - 1, next);
    }
  }
}

export function compileRepetition(
  program: PatternProgram,
  [, min, max, part]: readonly ["repeat", min: number, max: number, PatternTree],
  next: number,
  isBackward: boolean,
): number {
  const again = (then: number): number => compilePattern(program, part, then, isBackward);
  let entry = next;
  if (max < 0) {
    entry = program.steps.push(["choice", next, next]) - 1;
    program.steps[entry] = ["choice", again(entry), next];
  }
  for (let n = min; n < max; n++) entry = program.steps.push(["choice", again(entry), next]) - 1;
  for (let n = 0; n < min; n++) entry = again(entry);
  return entry;
}

export function readPatternRows(classes: readonly RegExp[], text: string): PatternRows {
  const byCharacter = new Map<string, readonly boolean[]>();
  const bySet = new Map<string, readonly boolean[]>();
  const rows: (readonly boolean[])[] = [];
  for (const character of classes.every((one) => one.unicode) ? text : text.split("")) {
    let row = byCharacter.get(character);
    if (row === undefined) {
      const found = classes.map((one) => one.test(character));
      row = bySet.get(found.join()) ?? found;
      bySet.set(found.join(), row);
      if (byCharacter.size < 5000) byCharacter.set(character, row);
    }
    rows.push(row);
  }
  return rows;
}

/** True if the condition of a step that consumes no character holds at this place. */
export function holdsInPattern(
  kind: PatternStep[0],
  operand: number,
  place: number,
  rows: PatternRows,
  found: readonly Uint8Array[],
): boolean {
  if (kind === "start") return place === 0;
  if (kind === "end") return place === rows.length;
  if (kind === "look" || kind === "not-look") return (found[operand]?.[place] === 1) === (kind === "look");
  const isEdge = (rows[place - 1]?.[operand] === true) !== (rows[place]?.[operand] === true);
  return isEdge === (kind === "boundary");
}

/** Starts at every place, and marks the places at which a match ends; without marks the first one is enough. */
export function runPattern(
  steps: readonly PatternStep[],
  entry: number,
  rows: PatternRows,
  found: readonly Uint8Array[],
  marks?: Uint8Array,
  isBackward = false,
): boolean {
  const seen = new Uint32Array(steps.length);
  let now: number[] = [];
  for (let count = 0; count <= rows.length; count++) {
    const place = isBackward ? rows.length - count : count;
    const row = rows[isBackward ? place - 1 : place];
    const next: number[] = [];
    now.push(entry);
    for (let at = now.pop(); at !== undefined; at = now.pop()) {
      if (seen[at] === count + 1) continue;
      seen[at] = count + 1;
      const [kind, operand, then] = steps[at] ?? ["accept", 0, 0];
      if (kind === "choice") now.push(then, operand);
      else if (kind === "accept") {
        if (marks === undefined) return true;
        marks[place] = 1;
      } else if (kind === "class") {
        if (row?.[operand] === true) next.push(then);
      } else if (holdsInPattern(kind, operand, place, rows, found)) now.push(then);
    }
    now = next;
  }
  return false;
}

/** Matches like the regular expression, in time linear in the text: it follows all ways at once. */
export function linearPattern(
  classes: readonly RegExp[],
  tree: PatternTree,
): { test(text: string): boolean } {
  const program: PatternProgram = { steps: [["accept", 0, 0]], looks: [] };
  const main = compilePattern(program, tree, 0, false);
  const { steps, looks } = program;
  return {
    test(text: string): boolean {
      const rows = readPatternRows(classes, text);
      const found: Uint8Array[] = [];
      for (const { entry, isAhead } of looks) {
        const marks = new Uint8Array(rows.length + 1);
        runPattern(steps, entry, rows, found, marks, isAhead);
        found.push(marks);
      }
      return runPattern(steps, main, rows, found);
    },
  };
}
