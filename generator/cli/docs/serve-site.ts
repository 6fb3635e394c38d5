/** Serves a folder on this machine, for looking at the site. */
import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { isInside } from "../../load/access.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
};

/** Listens on `port` of the loopback address; 0 takes a free one. Rejects where the port is taken. */
export function serveFolder(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      respond(response, 405, "Only GET and HEAD.");
      return;
    }
    if (!isLoopback(request.headers.host)) {
      respond(response, 421, "This server is for this machine only.");
      return;
    }
    const file = fileAt(folder, request.url ?? "/");
    if (file === undefined) respond(response, 404, "No such page.");
    else if (file.endsWith(sep))
      response.writeHead(308, { location: directoryAddress(request.url ?? "/") }).end();
    else {
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
      if (request.method === "HEAD") response.end();
      else createReadStream(file).pipe(response);
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

/** Other names lead here where somebody rebinds theirs to this address, to read the site from a page of their own. */
function isLoopback(host: string | undefined): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host ?? "");
}

/** The file for an address, a folder (with a separator at its end) that needs a slash, or nothing. Never outside `folder`. */
function fileAt(folder: string, url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "/");
  } catch {
    return undefined;
  }
  const segments = path.split("/").slice(1);
  if (segments.some((segment) => segment === "." || segment === ".." || /[\\\0]/.test(segment)))
    return undefined;
  const file = join(folder, ...segments);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !isInside(realpathSync(file), realpathSync(folder))) return undefined;
  if (!stats.isDirectory()) return stats.isFile() ? file : undefined;
  if (!path.endsWith("/")) return file + sep;
  return fileAt(folder, `${path.split("/").map(encodeURIComponent).join("/")}index.html`);
}

/** Relative to the folder above, so that an address such as `//host` cannot lead away. */
function directoryAddress(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  return `./${path.split("/").at(-1) ?? ""}/`;
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
