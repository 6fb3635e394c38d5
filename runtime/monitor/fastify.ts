/** The monitor for Fastify 5: `app.addHook("onSend", fastifyMonitor(monitor))`. */
import type { onSendHookHandler } from "fastify";
import type { Monitor } from "./monitor.ts";

/** Reads the payload that leaves and hands it on as it is. Streams are classified without their bytes. */
export function fastifyMonitor(monitor: Monitor): onSendHookHandler {
  return (request, reply, payload: unknown, done) => {
    try {
      if (monitor.takes()) {
        monitor.observe(request.method, request.raw.url ?? request.url, {
          status: reply.statusCode,
          header: (name) => textOf(reply.getHeader(name)),
          body:
            reply.getHeader("content-encoding") === undefined
              ? bodyText(payload, monitor.maxBodyBytes)
              : undefined,
          hasBody: payload !== undefined && payload !== null && payload !== "",
        });
      }
    } catch (error) {
      monitor.fail(error);
    }
    done(null, payload);
  };
}

function bodyText(payload: unknown, limit: number): string | undefined {
  if (payload === undefined || payload === null) return "";
  if (typeof payload === "string") return payload.length <= limit ? payload : undefined;
  if (!(payload instanceof Uint8Array) || payload.length > limit) return undefined;
  return new TextDecoder().decode(payload);
}

function textOf(value: number | string | string[] | undefined): string | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(", ") : String(value);
}
