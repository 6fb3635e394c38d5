/** An operation as lists and tables show it. */
import type { ApiModel, Operation } from "../../../model/api-model.ts";
import { operationAddress, type ReferenceAnchors } from "./addresses.ts";

export interface OperationRow {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly deprecated: boolean;
  /** Of the operation in the reference. */
  readonly address: string;
}

/** Everything that views share, computed once a site. */
export interface SiteContext {
  readonly model: ApiModel;
  readonly anchors: ReferenceAnchors;
  readonly operations: ReadonlyMap<string, Operation>;
}

export function operationRow({ anchors }: SiteContext, operation: Operation): OperationRow {
  return {
    id: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    summary: operation.summary ?? "",
    deprecated: operation.deprecated,
    address: operationAddress(anchors, operation.id),
  };
}
