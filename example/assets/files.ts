/** Where images are uploaded to and served from. It lies beside the API: who has a signed address needs no key. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "../database/database.ts";
import { readUpload } from "./read-upload.ts";
import { isSigned, type UploadGrant } from "./signature.ts";

export interface FilesParts {
  readonly database: Database;
  readonly uploadSecret: Uint8Array;
}

const uuid = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
const uploadPath = new RegExp(`^/uploads/${uuid}/${uuid}\\?expires=(\\d{1,12})&signature=([\\w-]+)$`);
const filePath = new RegExp(`^/files/${uuid}/${uuid}/[^/?]+$`);

/** Answers a request that is for a file; `undefined` for one that is not. Never rejects. */
export function serveFile(
  message: IncomingMessage,
  response: ServerResponse,
  parts: FilesParts,
): Promise<void> | undefined {
  const { url = "", method = "GET" } = message;
  const upload = method === "PUT" ? uploadPath.exec(url) : null;
  const file = method === "GET" ? filePath.exec(url) : null;
  const answer =
    upload !== null
      ? receive(message, response, upload, parts)
      : file !== null
        ? serve(response, file, parts)
        : undefined;
  return answer?.catch((error: unknown) => {
    console.error("A file request failed:", error);
    end(response, 500, "Something went wrong on our side.");
  });
}

async function receive(
  message: IncomingMessage,
  response: ServerResponse,
  [, organizationId = "", assetId = "", expires = "", signature = ""]: RegExpExecArray,
  { database, uploadSecret }: FilesParts,
): Promise<void> {
  const contentType = message.headers["content-type"] ?? "";
  const grant: UploadGrant = { organizationId, assetId, contentType, expires: Number(expires) };
  if (!isSigned(uploadSecret, grant, signature)) {
    end(response, 403, "The signature does not match the address and its Content-Type.");
    return;
  }
  if (grant.expires * 1000 <= Date.now()) {
    end(response, 403, "The address has expired.");
    return;
  }
  const size = await announcedSize(database, grant);
  const bytes = size === undefined ? undefined : await readUpload(message, size);
  if (size === undefined) end(response, 409, "The asset is finalized or gone.");
  else if (bytes === undefined)
    end(response, 413, "The file is larger than announced, too slow, or broke off.");
  else if (await store(database, grant, bytes)) end(response, 204);
  else end(response, 409, "The asset is finalized or gone.");
}

/** Bytes that the owner of the address has announced; `undefined` where nothing may be uploaded any more. */
async function announcedSize(
  database: Database,
  { organizationId, assetId }: UploadGrant,
): Promise<number | undefined> {
  const { rows } = await database.query<{ size: number }>(
    "SELECT size FROM assets WHERE organization_id = $1 AND id = $2 AND finalized_at IS NULL",
    [organizationId, assetId],
  );
  return rows[0]?.size;
}

/** What was finalized stays as it is, for as long as the address is good. */
async function store(
  database: Database,
  { organizationId, assetId }: UploadGrant,
  bytes: Uint8Array,
): Promise<boolean> {
  return database.transaction(async (session) => {
    const { rows } = await session.query(
      "SELECT id FROM assets WHERE organization_id = $1 AND id = $2 AND finalized_at IS NULL FOR UPDATE",
      [organizationId, assetId],
    );
    if (rows.length === 0) return false;
    await session.query(
      `INSERT INTO asset_files (organization_id, asset_id, bytes) VALUES ($1, $2, $3)
ON CONFLICT (organization_id, asset_id) DO UPDATE SET bytes = excluded.bytes`,
      [organizationId, assetId, bytes],
    );
    return true;
  });
}

async function serve(
  response: ServerResponse,
  [, organizationId, assetId]: RegExpExecArray,
  { database }: FilesParts,
): Promise<void> {
  const { rows } = await database.query<{ content_type: string; bytes: Uint8Array }>(
    `SELECT a.content_type, f.bytes FROM assets a
  JOIN asset_files f ON f.organization_id = a.organization_id AND f.asset_id = a.id
WHERE a.organization_id = $1 AND a.id = $2 AND a.finalized_at IS NOT NULL`,
    [organizationId, assetId],
  );
  const [file] = rows;
  if (file === undefined) {
    end(response, 404, "There is no such file.");
    return;
  }
  response.writeHead(200, {
    "content-type": file.content_type,
    "content-length": file.bytes.length,
    "cache-control": "public, max-age=3600",
    // An SVG that is opened by itself is a document, and may come with scripts.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
  });
  response.end(file.bytes);
}

/** These addresses are not part of the API, so their responses are in words, not in its envelope. */
function end(response: ServerResponse, status: number, text?: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...(text === undefined ? {} : { "content-type": "text/plain; charset=utf-8" }),
    // The rest of a refused body is not read, so the connection cannot be used again.
    ...(status >= 400 ? { connection: "close" } : {}),
  });
  response.end(text);
}
