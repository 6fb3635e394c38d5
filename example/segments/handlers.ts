/** The operations of segments. */
import type { SegmentsHandlers } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import type { Segment } from "../api/responses.ts";
import type { Database, Session } from "../database/database.ts";
import { owned, type Owned } from "../database/owned.ts";
import { countAudience } from "./audience.ts";

export interface SegmentRow extends Owned {
  readonly name: string;
  readonly description: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function segmentsHandlers(database: Database): SegmentsHandlers<Caller, Session> {
  const segments = owned<SegmentRow>(database, "segments");
  return {
    listSegments: async ({ principal }) => {
      const { rows } = await database.query<SegmentRow>(
        `SELECT * FROM segments WHERE organization_id = $1 ORDER BY name COLLATE "C", id`,
        [principal.organizationId],
      );
      return { status: 200, body: { segments: rows.map(toSegment) } };
    },

    previewSegment: async ({ path, find }) => {
      const segment = await find(segments, path.id);
      const audienceCount = await countAudience(database, segment);
      const countedAt = new Date().toISOString();
      return { status: 200, body: { segmentId: segment.id, audienceCount, countedAt } };
    },
  };
}

function toSegment(row: SegmentRow): Segment {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    description: row.description,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
