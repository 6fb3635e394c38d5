/** Rule: `x-lockstep-name` is an identifier that no other operation has. */
import { chosenNameKey, chosenNamePattern, reservedOperationNames } from "../contract/vocabulary.ts";
import { joinPointer } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { quote } from "./wording.ts";

const fix = "Write a camelCase identifier of ASCII letters and digits that no other operation has.";

export const operationName: Rule = function* ({ operations }) {
  const owners = new Map<string, string>();
  for (const { value: operation, name, pointer } of operations) {
    const chosen = operation[chosenNameKey];
    if (chosen === undefined) continue;
    const at = joinPointer(pointer, chosenNameKey);
    if (typeof chosen !== "string" || !chosenNamePattern.test(chosen)) {
      const shown = typeof chosen === "string" ? quote(chosen) : "not a text";
      yield { pointer: at, message: `\`x-lockstep-name\` of ${name} is ${shown}.`, fix };
      continue;
    }
    if (reservedOperationNames.includes(chosen)) {
      yield {
        pointer: at,
        message: `No operation can have the name ${quote(chosen)}: JavaScript gives it a meaning.`,
        fix,
      };
    }
    const key = chosen.toLowerCase();
    const owner = owners.get(key);
    if (owner !== undefined)
      yield { pointer: at, message: `${name} and ${owner} have the same \`x-lockstep-name\`.`, fix };
    owners.set(key, owner ?? name);
  }
};
