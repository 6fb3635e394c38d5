/** The operations of broadcasts. */
import type { BroadcastsHandlers, OperationContext } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import type { Database, Session } from "../database/database.ts";
import { owned, ownedByUser } from "../database/owned.ts";
import { hasPlaceholders } from "../mail/render.ts";
import { countAudience } from "../segments/audience.ts";
import { insertBroadcast, toBroadcast, type BroadcastRow } from "./broadcast.ts";
import { cancel } from "./cancel.ts";
import { compose } from "./compose.ts";
import {
  claimRedeem,
  insertPreparedSend,
  redeem,
  releaseRedeem,
  type PreparedSendRow,
} from "./prepared-send.ts";

export interface BroadcastsParts {
  readonly database: Database;
  /** Milliseconds after which a call that redeems and does not end counts as dead. */
  readonly redeemLeaseMs: number;
  /** Told when there is something to send. */
  readonly wake: () => void;
}

type CreateContext = OperationContext<"createBroadcast", Caller, Session>;
type PrepareContext = OperationContext<"prepareBroadcast", Caller, Session>;
type RedeemContext = OperationContext<"sendPreparedBroadcast", Caller, Session>;

export function broadcastsHandlers(parts: BroadcastsParts): BroadcastsHandlers<Caller, Session> {
  const { database } = parts;
  const broadcasts = owned<BroadcastRow>(database, "broadcasts");
  return {
    createBroadcast: (context) => createAtOnce(context, parts),
    prepareBroadcast: (context) => prepareSend(context, parts),
    sendPreparedBroadcast: (context) => redeemOnce(context, parts),

    getBroadcast: async ({ path, find }) => {
      return { status: 200, body: await toBroadcast(database, await find(broadcasts, path.id)) };
    },

    cancelBroadcast: async ({ path, find, fail, remember }) => {
      const found = await find(broadcasts, path.id);
      return database.transaction(async (session) => {
        const { broadcast, ended } = await cancel(session, found);
        if (broadcast === undefined) return fail("terminal_state", { status: ended });
        return remember({ status: 200, body: await toBroadcast(session, broadcast) }, session);
      });
    },
  };
}

async function createAtOnce(context: CreateContext, { database, wake }: BroadcastsParts) {
  const { body, find, fail, remember } = context;
  if (body.scheduleAt !== undefined) return fail("not_implemented");
  const { draft, issues } = await compose(database, body, find);
  if (draft === undefined) return fail("validation_failed", { issues });
  const result = await database.transaction(async (session) => {
    const { id, status } = await insertBroadcast(session, draft);
    return remember({ status: 202, body: { broadcastId: id, status } }, session);
  });
  wake();
  return result;
}

async function prepareSend(context: PrepareContext, { database }: BroadcastsParts) {
  const { body, principal, find, fail, remember } = context;
  const { draft, issues } = await compose(database, body, find);
  if (draft === undefined) return fail("validation_failed", { issues });
  const segment = { id: draft.segmentId, organization_id: draft.organizationId };
  return database.transaction(async (session) => {
    const prepared = await insertPreparedSend(session, draft, principal.userId);
    const answer = {
      preparedSendId: prepared.id,
      audienceCount: await countAudience(session, segment),
      subjectPreview: hasPlaceholders(draft.subject) ? null : draft.subject,
      senderProfile: draft.sender,
      expiresAt: prepared.expires_at.toISOString(),
    };
    return remember({ status: 200, body: answer }, session);
  });
}

/** Claims, then redeems and remembers the response in one transaction: whenever the process dies, once is once. */
async function redeemOnce(context: RedeemContext, { database, redeemLeaseMs, wake }: BroadcastsParts) {
  const { body, principal, find, fail, remember } = context;
  const preparedSends = ownedByUser<PreparedSendRow>(database, "prepared_sends");
  const prepared = await find(preparedSends, body.preparedSendId, principal.userId);
  const turn = await claimRedeem(database, prepared, redeemLeaseMs);
  if (turn.state === "busy") return fail("concurrent_redeem");
  if (turn.state === "expired") return fail("prepared_send_expired", { reason: turn.reason });
  if (turn.state === "redeemed") return accepted(turn.broadcastId, false);
  try {
    const result = await database.transaction(async (session) => {
      const broadcastId = await redeem(session, prepared, turn.token);
      return broadcastId === undefined ? undefined : remember(accepted(broadcastId, true), session);
    });
    wake();
    return result ?? fail("concurrent_redeem");
  } catch (error) {
    // Should this fail as well, the lease ends by itself.
    await releaseRedeem(database, prepared, turn.token).catch(() => undefined);
    throw error;
  }
}

/** A replay says what the first response said, but for `firstRedeem`. */
function accepted(broadcastId: string, firstRedeem: boolean) {
  return { status: 202, body: { broadcastId, status: "NotStarted", firstRedeem } } as const;
}
