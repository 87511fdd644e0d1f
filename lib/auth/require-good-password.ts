import { validationFailed } from "../core/errors";

/**
 * Refuses a new password that is among the most common ones. Its length is checked by the schema.
 *
 * @param field its name in the input
 * @param about what is known of the person
 * @throws AppError `validation_failed`
 */
export async function requireGoodPassword(
  password: string,
  field: string,
  about: { email: string },
): Promise<void> {
  // Loaded when a person chooses a password, which is rare.
  const { isCommonPassword } = await import("./common-passwords.mjs");
  const refuse = (message: string) => {
    throw validationFailed([{ path: field, message }]);
  };
  const typed = password.toLowerCase();
  if (isCommonPassword(password)) refuse("is one of the most common passwords; choose another");
  if (new Set(typed).size < 4) refuse("must have at least four different characters");
  if (typed === about.email.toLowerCase()) refuse("must not be your email address");
}
