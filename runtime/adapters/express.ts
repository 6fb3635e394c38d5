/** Express 5: a middleware that serves what lies below the base path and hands on what does not. */
import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Api } from "../server/create-server.ts";
import { leavesUnrouted, mountedTarget, type MountOptions } from "./mount.ts";
import { sendResponse } from "./node-response.ts";
import { NodeRequest } from "./node-request.ts";

/**
 * `app.use(expressMiddleware(api))`, best before any body parser: the kit reads the body itself, after it knows who is
 * calling. The base path counts from the path that the middleware is mounted at, which may have parameters.
 */
export function expressMiddleware(api: Api, options: MountOptions = {}): RequestHandler {
  const { basePath } = api;
  const leaves = leavesUnrouted(basePath, options);
  return (request: Request, response: Response, next: NextFunction) => {
    const target = mountedTarget(request.baseUrl, request.url, basePath);
    if (target === undefined) {
      next();
      return;
    }
    const pass = (): void => {
      next();
    };
    api.handle(
      new NodeRequest(request, response, target),
      (outgoing) => {
        sendResponse(response, outgoing);
      },
      leaves ? pass : undefined,
    );
  };
}
