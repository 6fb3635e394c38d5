/** One exchange of messages on both sides: an operation, or a callback or webhook, which the server begins. */
import type { ApiModel, Operation } from "../../model/api-model.ts";
import type { Direction } from "../schema/difference.ts";

export interface Exchange {
  readonly base: Operation;
  readonly revision: Operation;
  /** How findings name the operation. */
  readonly id: string;
  /** The server sends the requests: a callback or a webhook. */
  readonly reversed: boolean;
  /** An error of the contract has changed in this operation, which explains changes of error bodies. */
  readonly explained: boolean;
}

/** Which way requests, or responses, travel. */
export function directionOf(exchange: Exchange, kind: Direction): Direction {
  if (!exchange.reversed) return kind;
  return kind === "request" ? "response" : "request";
}

/** One side of an exchange. */
export interface Party {
  readonly model: ApiModel;
  readonly operation: Operation;
}
