import { headerContext } from "../delivery/build-request";
import { encrypt } from "../platform/encrypt";

/** Custom headers as they are stored: name to encrypted value, for a value may be a credential. */
export function encryptHeaders(endpointId: string, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, encrypt(value, headerContext(endpointId))]),
  );
}
