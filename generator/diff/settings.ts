/** How changes are rated: whose break counts, which rules are rated differently, what unstable parts are worth. */
import type { ClientKind, Impact } from "./change.ts";

export interface DiffSettings {
  /** The clients whose break makes the impact of a change. */
  readonly clients: readonly ClientKind[];
  /** By rule, ours or the engine's (`redocly/operation-removed`): the impact for every client, or `off`. */
  readonly impacts: Readonly<Record<string, Impact | "off">>;
  /** By `x-stability` level: the worst that a change of such a part may be rated. */
  readonly stability: Readonly<Record<string, Impact>>;
  /** The day on which sunsets and expiries are compared: a full date (RFC 3339). */
  readonly today: string;
}

export const defaultSettings: Omit<DiffSettings, "today"> = {
  clients: ["old-client"],
  impacts: {},
  stability: { beta: "risky", experimental: "safe", alpha: "safe", draft: "safe" },
};
