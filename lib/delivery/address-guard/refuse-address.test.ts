import { expect, test } from "vitest";
import { refuseAddress } from "./refuse-address";

const refusal = (address: string, targets: "none" | "loopback" | "all", secure: boolean) =>
  refuseAddress(address, { targets, secure });

test("a public address may be connected to, encrypted; unencrypted only if all is let through", () => {
  for (const targets of ["none", "loopback"] as const) {
    expect(refusal("8.8.8.8", targets, true)).toBeNull();
    expect(refusal("8.8.8.8", targets, false)).toBe("a public address, which requires https");
  }
  for (const secure of [true, false]) expect(refusal("8.8.8.8", "all", secure)).toBeNull();
});

test("this machine may be connected to where loopback is let through, or all is", () => {
  for (const secure of [true, false]) {
    for (const address of ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]) {
      expect(refusal(address, "none", secure)).toBe("an address of this machine");
      expect(refusal(address, "loopback", secure)).toBeNull();
      expect(refusal(address, "all", secure)).toBeNull();
    }
  }
});

test("any other address that is not public may be connected to where all is let through, and only there", () => {
  for (const secure of [true, false]) {
    for (const address of ["10.0.0.1", "169.254.169.254", "0.0.0.0", "fe80::1", "64:ff9b::7f00:1"]) {
      expect(refusal(address, "none", secure)).toMatch(
        /^(an? |NAT64 for 127\.0\.0\.1, an address of this machine)/,
      );
      expect(refusal(address, "loopback", secure)).toMatch(
        /^(an? |NAT64 for 127\.0\.0\.1, an address of this machine)/,
      );
      expect(refusal(address, "all", secure)).toBeNull();
    }
  }
});
