/** Concealment: the one way to look up what belongs to a tenant, so that missing and foreign cannot be told apart. */
import { Failure } from "./response/failure.ts";

/** A kind of thing that belongs to tenants, and how one is loaded. */
export interface TenantResource<Value, Arguments extends readonly unknown[] = readonly []> {
  /**
   * Loads by id **and** tenant in one step (`WHERE id = $1 AND organization_id = $2`), so that a foreign id does the
   * very work of one that does not exist.
   */
  readonly load: (
    id: string,
    tenant: string,
    ...rest: Arguments
  ) => Value | undefined | null | Promise<Value | undefined | null>;
  /** Whose it is: the net below `load`, should its query forget the tenant. */
  readonly tenantOf: (value: Value) => string;
}

/** Declares a resource, for its types' sake. */
export function tenantResource<Value, Arguments extends readonly unknown[] = readonly []>(
  resource: TenantResource<Value, Arguments>,
): TenantResource<Value, Arguments> {
  return resource;
}

/** What `findOwned` needs to know about the call. */
export interface Owner {
  readonly tenant: string | undefined;
  /** The code of a resource that is not there. */
  readonly code: string;
  /** Told when `load` hands out another tenant's value: a fault of the host that stays hidden from the caller. */
  readonly onForeign: () => void;
}

/**
 * The caller's own resource.
 *
 * @throws Failure with the code of a missing resource, without a word about why: one code, one message, no details.
 */
export async function findOwned<Value, Arguments extends readonly unknown[]>(
  owner: Owner,
  resource: TenantResource<Value, Arguments>,
  id: string,
  rest: Arguments,
): Promise<Value> {
  const { tenant, code } = owner;
  const value = tenant === undefined ? undefined : await resource.load(id, tenant, ...rest);
  if (value !== undefined && value !== null) {
    if (resource.tenantOf(value) === tenant) return value;
    owner.onForeign();
  }
  throw new Failure(code, undefined, {}, "resource-lookup");
}
