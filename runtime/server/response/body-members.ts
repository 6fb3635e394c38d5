/** Members of error bodies: how they are set, and the words that HTTP has for a status. */

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
};

export function reasonPhrase(status: number): string {
  return reasons[status] ?? "Error";
}

/** Sets the member at a path, and makes the objects on the way. */
export function putMember(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [only] = path;
  if (path.length === 1 && only !== undefined) {
    body[only] = value;
    return;
  }
  let target = body;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) {
      target[name] = value;
      return;
    }
    const inner = target[name];
    // Only objects that this function made stand on the way.
    if (typeof inner === "object" && inner !== null) target = inner as Record<string, unknown>;
    else target = target[name] = {};
  }
}
