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
  readonly missing?: MissingResource;
}

/** What is answered where there is none; the code of the stage, without details, where absent. */
export interface MissingResource {
  readonly code: string;
  readonly details?: unknown;
}

/** A kind of thing that everybody may look up, anonymous callers too. */
export interface PublicResource<Value, Arguments extends readonly unknown[] = readonly []> {
  readonly load: (
    id: string,
    ...rest: Arguments
  ) => Value | undefined | null | Promise<Value | undefined | null>;
  readonly tenantOf?: undefined;
  readonly missing?: MissingResource;
}

/** Declares a resource, for its types' sake. */
export function publicResource<Value, Arguments extends readonly unknown[] = readonly []>(
  resource: PublicResource<Value, Arguments>,
): PublicResource<Value, Arguments> {
  return resource;
}

/** Declares a resource, for its types' sake. */
export function tenantResource<Value, Arguments extends readonly unknown[] = readonly []>(
  resource: TenantResource<Value, Arguments>,
): TenantResource<Value, Arguments> {
  return resource;
}

/** What `findResource` needs to know about the call. */
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
export async function findResource<Value, Arguments extends readonly unknown[]>(
  owner: Owner,
  resource: TenantResource<Value, Arguments> | PublicResource<Value, Arguments>,
  id: string,
  rest: Arguments,
): Promise<Value> {
  const { code, details } = resource.missing ?? { code: owner.code, details: undefined };
  const value =
    resource.tenantOf === undefined
      ? await resource.load(id, ...rest)
      : await loadOwned(owner, resource, id, rest);
  if (value !== undefined && value !== null) return value;
  throw new Failure(code, details, {}, "resource-lookup");
}

async function loadOwned<Value, Arguments extends readonly unknown[]>(
  { tenant, onForeign }: Owner,
  resource: TenantResource<Value, Arguments>,
  id: string,
  rest: Arguments,
): Promise<Value | undefined> {
  const value = tenant === undefined ? undefined : await resource.load(id, tenant, ...rest);
  if (value === undefined || value === null) return undefined;
  if (resource.tenantOf(value) === tenant) return value;
  onForeign();
  return undefined;
}
