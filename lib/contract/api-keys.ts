import { z } from "zod";
import { apiKeyScopes } from "../core/api-keys";
import { text } from "../core/text";
import { wholeNumber } from "../core/whole-number";

export const createApiKeyInput = z
  .strictObject({
    name: text({ trim: true, min: 1, max: 100 }),
    scopes: z
      .array(z.enum(apiKeyScopes, `must be one of ${apiKeyScopes.join(", ")}`))
      .min(1, "must name at least one scope")
      .max(100, "must name each scope once")
      .transform((scopes) => [...new Set(scopes)]),
    expiresInDays: wholeNumber({ min: 1, max: 3_650 })
      .optional()
      .meta({ description: "Days until the key expires. If left out, it never expires." }),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>;

export const rotateApiKeyInput = z
  .strictObject({
    overlapHours: wholeNumber({ min: 0, max: 720 })
      .default(24)
      .meta({ description: "Hours for which the old key keeps working; 0 revokes it at once." }),
  })
  .meta({ id: "RotateApiKey" });

export const apiKeyOutput = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: "The first characters, to tell keys apart." }),
    scopes: z.array(z.enum(apiKeyScopes)),
    createdBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: "To the minute." }),
    lastUsedFrom: z
      .string()
      .nullable()
      .meta({ description: "The IPv4 address, or the IPv6 network, that the last request came from." }),
    expiresAt: z.iso.datetime().nullable(),
    replaced: z.boolean().meta({ description: "Whether it has been rotated: another key replaces it." }),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyOutput = z.infer<typeof apiKeyOutput>;

export const createdApiKeyOutput = apiKeyOutput
  .extend({ key: z.string().meta({ description: "The key itself, shown only once." }) })
  .meta({ id: "CreatedApiKey" });
export type CreatedApiKeyOutput = z.infer<typeof createdApiKeyOutput>;
