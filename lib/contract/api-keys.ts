import { z } from "zod";
import { apiKeyScopes } from "../core/api-keys";
import { text } from "../core/text";

export const createApiKeyInput = z
  .strictObject({
    name: text({ trim: true, min: 1, max: 100 }),
    scopes: z
      .array(z.enum(apiKeyScopes, `must be one of ${apiKeyScopes.join(", ")}`))
      .min(1, "must name at least one scope")
      .max(100, "must name each scope once")
      .transform((scopes) => [...new Set(scopes)]),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>;

export const apiKeyOutput = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: "The first characters, to tell keys apart." }),
    scopes: z.array(z.enum(apiKeyScopes)),
    createdBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyOutput = z.infer<typeof apiKeyOutput>;

export const createdApiKeyOutput = apiKeyOutput
  .extend({ key: z.string().meta({ description: "Shown this once." }) })
  .meta({ id: "CreatedApiKey" });
export type CreatedApiKeyOutput = z.infer<typeof createdApiKeyOutput>;
