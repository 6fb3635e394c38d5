/** The operations of templates. */
import type { TemplatesHandlers } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import type { Database, Session } from "../database/database.ts";
import { owned } from "../database/owned.ts";
import { toTemplate, type TemplateRow } from "./template.ts";

const list = `SELECT * FROM templates
WHERE organization_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR purpose = $3)
ORDER BY updated_at DESC, id LIMIT $4`;

export function templatesHandlers(database: Database): TemplatesHandlers<Caller, Session> {
  const templates = owned<TemplateRow>(database, "templates");
  return {
    listTemplates: async ({ principal, query }) => {
      const { status = null, purpose = null, pageSize } = query;
      const values = [principal.organizationId, status, purpose, pageSize];
      const { rows } = await database.query<TemplateRow>(list, values);
      return { status: 200, body: { templates: rows.map(toTemplate) } };
    },

    getTemplate: async ({ path, find }) => {
      return { status: 200, body: toTemplate(await find(templates, path.id)) };
    },
  };
}
