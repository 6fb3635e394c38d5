/** Express 5: a middleware that answers what lies below the base path and hands on what does not. */
import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Api } from "../server/create-server.ts";
import { sendAnswer } from "./node-response.ts";
import { NodeRequest } from "./node-request.ts";

/**
 * `app.use(expressMiddleware(api))`, before any body parser: the kit reads the body itself, after it knows who is
 * calling. The base path counts from the root of the server, wherever the middleware is mounted.
 */
export function expressMiddleware(api: Api): RequestHandler {
  const { basePath } = api;
  return (request: Request, response: Response, next: NextFunction) => {
    const { originalUrl } = request;
    const after = originalUrl[basePath.length];
    const ours = originalUrl.startsWith(basePath) && (after === undefined || after === "/" || after === "?");
    if (!ours && basePath !== "") {
      next();
      return;
    }
    api.handle(new NodeRequest(request, response, originalUrl), (answer) => {
      sendAnswer(response, answer);
    });
  };
}
