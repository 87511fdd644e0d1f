import type { MemberOutput } from "@/lib/contract/members";
import type { ApiKeyScope } from "@/lib/core/api-keys";
import { type Role, scopesLost } from "@/lib/core/roles";

/** An API key in use, and the scopes that it would lose. */
export type KeyThatLoses = { name: string; scopes: ApiKeyScope[] };

/** A member's API keys that would lose scopes with another role of the member. */
export function keysThatLose({ role, keys }: MemberOutput, to: Role): KeyThatLoses[] {
  return keys
    .map(({ name, scopes }) => ({ name, scopes: scopesLost(scopes, { from: role, to }) }))
    .filter(({ scopes }) => scopes.length > 0);
}
