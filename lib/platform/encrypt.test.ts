import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { decrypt, encrypt } from "./encrypt";

function useKeys(...encryptionKeys: Buffer[]) {
  Object.assign(globalThis, { posthornSettings: { encryptionKeys } });
}
const key = randomBytes(32);
beforeEach(() => useKeys(key));

test("what was encrypted opens again, and no two ciphertexts are alike", () => {
  expect(decrypt(encrypt("whsec_é", "here"), "here")).toBe("whsec_é");
  expect(encrypt("same", "here")).not.toBe(encrypt("same", "here"));
});

test("it opens only if it belongs", () => {
  expect(() => decrypt(encrypt("secret", "endpoint:1"), "endpoint:2")).toThrow();
});

test("an altered ciphertext does not open", () => {
  const [id, body = ""] = encrypt("secret", "here").split(":");
  const bytes = Buffer.from(body, "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => decrypt(`${id}:${bytes.toString("base64")}`, "here")).toThrow();
});

test("what does not open says why, and shows nothing of itself", () => {
  const sealed = encrypt("secret", "here");
  expect(() => decrypt(sealed, "there")).toThrow("it was altered, or belongs to another row");
  expect(() => decrypt(`${sealed.slice(0, 9)}AAAA`, "here")).toThrow(
    "it was altered, or belongs to another row",
  );
  expect(() => decrypt("", "here")).toThrow("it is not what was encrypted here");
  for (const plain of ["whsec_plain", "whsec:plain", "0123456789abcdef"])
    expect(() => decrypt(plain, "here")).toThrow(/^it is not what was encrypted here$/);
});

test("after the key was replaced, what the old one encrypted still opens, and the new one encrypts", () => {
  const old = encrypt("secret", "here");
  const next = randomBytes(32);
  useKeys(next, key);
  expect(decrypt(old, "here")).toBe("secret");
  const fresh = encrypt("secret", "here");
  useKeys(next);
  expect(decrypt(fresh, "here")).toBe("secret");
  expect(() => decrypt(old, "here")).toThrow(/no encryption key with the id/);
});
