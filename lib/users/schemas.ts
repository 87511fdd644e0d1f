import { z } from "zod";

export const emailAddress = z
  .email("must be an email address, like ana@example.com")
  .max(254, "must be at most 254 characters")
  .transform((email) => email.toLowerCase());

export const newPassword = z
  .string()
  .min(10, "must be at least 10 characters")
  .max(256, "must be at most 256 characters");

export const signInInput = z.object({
  email: z.string().min(1, "must not be empty"),
  password: z.string().min(1, "must not be empty"),
});
