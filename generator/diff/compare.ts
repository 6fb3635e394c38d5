/** The guard's core: two models in, rated changes of the error contract out. Pure. */
import { compareText } from "../json/json.ts";
import type { ApiModel } from "../model/api-model.ts";
import { impacts, type Change } from "./change.ts";
import { operationStability, pairModels, type ModelPair } from "./pair.ts";
import { compareGeneral } from "./general/operations.ts";
import { Prover } from "./proof/prove.ts";
import { rate } from "./rate.ts";
import type { Rule, RuleDraft } from "./rule.ts";
import { ruleTable } from "./rule-table.ts";
import { catalogue, codes, tombstones } from "./rules/codes.ts";
import { details } from "./rules/details.ts";
import { envelope } from "./rules/envelope.ts";
import { headers } from "./rules/headers.ts";
import { lifecycle } from "./rules/lifecycle.ts";
import { matrix } from "./rules/matrix.ts";
import { retry } from "./rules/retry.ts";
import { security } from "./rules/security.ts";
import { idempotency, successStatuses } from "./rules/success.ts";
import { wording } from "./rules/wording.ts";
import type { DiffSettings } from "./settings.ts";

const rules: readonly Rule[] = [
  catalogue,
  codes,
  tombstones,
  matrix,
  details,
  retry,
  envelope,
  headers,
  wording,
  lifecycle,
  security,
  successStatuses,
  idempotency,
];

/** Every change of the error contract, sorted; nothing for two models that say the same. */
export function compareModels(base: ApiModel, revision: ApiModel, settings: DiffSettings): readonly Change[] {
  if (base === revision) return [];
  const pair = pairModels(base, revision, settings.today);
  const stability = new StabilityIndex(pair);
  const prover = new Prover(pair);
  const contract = rules.flatMap((rule) => rule(pair));
  const changes = [...contract, ...compareGeneral(pair, explainedBy(contract, revision))]
    .map((draft) => prover.prove(draft))
    .map((draft) => rate(draft, ruleTable[draft.rule], settings, stability.of(draft)));
  return sortChanges(changes.filter((change) => change !== undefined));
}

/** Rules whose findings explain why the body of an error response differs. */
const aboutErrors =
  /^(?:code|details|envelope|status|tombstone|catalogue|retry|deprecat|sunset|replacement|meaning|stability)/;

/** Operations whose error responses changed in a way that rules of the error contract have reported. */
function explainedBy(drafts: readonly RuleDraft[], revision: ApiModel): ReadonlySet<string> {
  const all = revision.operations.map(({ id }) => id);
  return new Set(
    drafts.filter(({ rule }) => aboutErrors.test(rule)).flatMap(({ operations }) => operations ?? all),
  );
}

/** Worst first, then by rule and subject. */
export function sortChanges(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (a, b) =>
      impacts.indexOf(b.impact) - impacts.indexOf(a.impact) ||
      compareText(a.rule, b.rule) ||
      compareText(a.subject, b.subject) ||
      compareText(a.message, b.message),
  );
}

/** Which stability a change touches: that of its code, or one that all its operations share. The promise of the base counts. */
class StabilityIndex {
  readonly #codes: ReadonlyMap<string, string | undefined>;
  readonly #operations: ReadonlyMap<string, string | undefined>;

  constructor({ base, operations }: ModelPair) {
    this.#codes = new Map(base.errors.codes.map(({ code, stability }) => [code, stability]));
    const known = new Map(
      base.operations.map((operation) => [operation.id, operationStability(base, operation)]),
    );
    // Findings name operations as the revision does.
    for (const pair of operations) known.set(pair.revision.id, operationStability(base, pair.base));
    this.#operations = known;
  }

  of({ subject, code, operations = [], stability }: RuleDraft): string | undefined {
    if (stability !== undefined) return stability;
    const own = this.#codes.get(code ?? subject);
    if (own !== undefined) return own;
    const levels = new Set(operations.map((id) => this.#operations.get(id)));
    return levels.size === 1 ? [...levels][0] : undefined;
  }
}
