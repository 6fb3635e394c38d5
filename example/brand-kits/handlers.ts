/** The operations of brand kits. */
import type { BrandKitsHandlers } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import type { BrandKit } from "../api/responses.ts";
import type { Database, Session } from "../database/database.ts";
import { owned, type Owned } from "../database/owned.ts";

interface BrandKitRow extends Owned {
  readonly name: string;
  readonly is_default: boolean;
  readonly logo_url: string | null;
  readonly colors: BrandKit["colors"];
  readonly fonts: BrandKit["fonts"];
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function brandKitsHandlers(database: Database): BrandKitsHandlers<Caller, Session> {
  const brandKits = owned<BrandKitRow>(database, "brand_kits");
  return {
    listBrandKits: async ({ principal }) => {
      const { rows } = await database.query<BrandKitRow>(
        `SELECT * FROM brand_kits WHERE organization_id = $1 ORDER BY is_default DESC, name COLLATE "C", id`,
        [principal.organizationId],
      );
      return { status: 200, body: { brandKits: rows.map(toBrandKit) } };
    },

    getBrandKit: async ({ path, find }) => {
      return { status: 200, body: toBrandKit(await find(brandKits, path.id)) };
    },
  };
}

function toBrandKit(row: BrandKitRow): BrandKit {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    isDefault: row.is_default,
    logoUrl: row.logo_url,
    colors: row.colors,
    fonts: row.fonts,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
