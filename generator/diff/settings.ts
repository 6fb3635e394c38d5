/** How changes are rated: whose break counts, which rules are judged differently, what unstable parts are worth. */
import type { ClientKind, Severity } from "./change.ts";

export interface DiffSettings {
  /** The clients whose break makes the severity of a change. */
  readonly clients: readonly ClientKind[];
  /** By rule, ours or the engine's (`redocly/operation-removed`): the severity for every client, or `off`. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  /** By `x-stability` level: the worst that a change of such a part may be rated. */
  readonly stability: Readonly<Record<string, Severity>>;
  /** The day on which sunsets and expiries are judged: a full date (RFC 3339). */
  readonly today: string;
}

export const defaultSettings: Omit<DiffSettings, "today"> = {
  clients: ["old-client"],
  severities: {},
  stability: { beta: "risky", experimental: "safe", alpha: "safe" },
};
