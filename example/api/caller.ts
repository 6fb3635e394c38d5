/** Who is calling. */

export interface Caller {
  readonly keyId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly allowSends: boolean;
}
