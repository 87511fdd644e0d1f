import { apiKeyOutput, createApiKeyInput, createdApiKeyOutput, rotateApiKeyInput } from "../api-keys";
import { pageOf, pageQuery } from "../shared";
import { operationsOf } from "./operation";

export const apiKeyOperations = operationsOf(
  { tag: "API keys", reads: "apiKeys:read", changes: "apiKeys:write" },
  {
    listApiKeys: {
      route: "GET /api-keys",
      summary: "List API keys (dashboard only)",
      query: pageQuery,
      output: pageOf(apiKeyOutput),
    },
    createApiKey: {
      route: "POST /api-keys",
      summary: "Create an API key, shown only once (dashboard only)",
      body: createApiKeyInput,
      status: 201,
      output: createdApiKeyOutput,
    },
    rotateApiKey: {
      route: "POST /api-keys/{id}/rotate",
      summary: "Rotate an API key; the old one keeps working for a while (dashboard only)",
      body: rotateApiKeyInput,
      status: 201,
      output: createdApiKeyOutput,
      errors: ["conflict"],
    },
    revokeApiKey: {
      route: "DELETE /api-keys/{id}",
      summary: "Revoke an API key (dashboard only)",
    },
  },
);
