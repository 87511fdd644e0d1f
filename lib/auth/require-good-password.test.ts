import { expect, test } from "vitest";
import { requireGoodPassword } from "./require-good-password";

const about = { email: "ana@example.com" };

test.each([
  ["password1234", "most common"],
  ["PassWord1234", "most common"],
  ["1qaz2wsx3edc", "most common"],
  ["abcabcabcabc", "four different characters"],
  ["Ana@Example.com", "email address"],
])("%s is refused", async (password, why) => {
  await expect(requireGoodPassword(password, "newPassword", about)).rejects.toMatchObject({
    code: "validation_failed",
    extra: { errors: [{ path: "newPassword", message: expect.stringContaining(why) }] },
  });
});

test("a phrase is taken", async () => {
  await expect(requireGoodPassword("correct horse battery", "password", about)).resolves.toBeUndefined();
});
