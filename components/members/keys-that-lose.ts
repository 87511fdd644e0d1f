import type { MemberOutput } from "@/lib/contract/members";
import type { ApiKeyScope } from "@/lib/core/api-keys";
import { type Role, scopesLost } from "@/lib/core/roles";

/** An API key in use, and the scopes that it is about to lose. */
export type KeyThatLoses = { name: string; scopes: ApiKeyScope[] };

/** The API keys of a member that can do less once the member has another role. */
export function keysThatLose({ role, keys }: MemberOutput, to: Role): KeyThatLoses[] {
  return keys
    .map(({ name, scopes }) => ({ name, scopes: scopesLost(scopes, { from: role, to }) }))
    .filter(({ scopes }) => scopes.length > 0);
}
