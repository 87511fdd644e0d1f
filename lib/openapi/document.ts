import { z } from "zod";
import { createDocument, type ZodOpenApiOverride, type ZodOpenApiPathsObject } from "zod-openapi";
import packageJson from "../../package.json" with { type: "json" };
import { idempotencyKey } from "../contract/events";
import { basePath, operations } from "../contract/operations";
import type { OperationV1 } from "../contract/operations/operation";
import { tags } from "../contract/tags";
import { settings } from "../platform/env";
import { problemResponses } from "./problem-responses";

/** OpenAPI 3.1 of API v1, generated from the schemas by which the routes validate. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const [operationId, operation] of Object.entries<OperationV1>(operations)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(operationId, operation),
    };
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Posthorn",
        version: packageJson.version,
        description: "Publish events; Posthorn signs and delivers them, retries, and keeps a log.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: `${settings().appUrl}${basePath}` }],
      security: [{ apiKey: [] }],
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: `phk_…`." } },
      },
    },
    { override: suitGenerators },
  );
}

function describeOperation(operationId: string, operation: OperationV1) {
  const { body, file, method, output, params, query, scope, status, summary, tag, versioned } = operation;
  const names = Object.keys(params.shape);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `Scope: \`${scope}\``,
    requestParams: {
      ...(names.length > 0
        ? { path: z.object(Object.fromEntries(names.map((name) => [name, pathParameter(name)]))) }
        : {}),
      ...(Object.keys(query.shape).length > 0 ? { query } : {}),
      ...(operationId === "publishEvent"
        ? { header: z.object({ "Idempotency-Key": idempotencyKeyHeader, traceparent: traceparentHeader }) }
        : {}),
      ...(operationId === "publishBatch" ? { header: z.object({ traceparent: traceparentHeader }) } : {}),
      ...(versioned === "change" ? { header: z.object({ "If-Match": ifMatchHeader }) } : {}),
    },
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse({}).success,
            content: { "application/json": { schema: body } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: "Done",
        content: file
          ? Object.fromEntries(file.map((type) => [type, { schema: z.string() }]))
          : { "application/json": { schema: output } },
        ...(versioned && method !== "DELETE" ? { headers: z.object({ ETag: etagHeader }) } : {}),
      },
      ...problemResponses(operation),
    },
  };
}

const idempotencyKeyHeader = idempotencyKey
  .optional()
  .meta({ description: "The same as `idempotencyKey` in the body." });

const traceparentHeader = z.string().optional().meta({
  description:
    "W3C Trace Context: deliveries continue this trace, and receivers get a `traceparent` that belongs to it. An invalid value is ignored.",
});

const ifMatchHeader = z.string().optional().meta({
  description: "The `ETag` of what you read. The request is refused with 412 if it has changed since.",
});
const etagHeader = z
  .string()
  .meta({ description: "The `version` in quotes, to send as `If-Match` with a change." });

function pathParameter(name: string): z.ZodType {
  return z.string().meta({ description: `Its ${name}.` });
}

/**
 * Adds what zod leaves out, or client generators would misread: openapi-typescript takes a field with a default for a
 * required one, and an object without named properties for an empty one.
 */
const suitGenerators: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const { def } = (zodSchema as z.core.$ZodTypes)._zod;
  // A parameter that accepts a value or a list is a list once it is parsed.
  if (io === "input" && def.type === "pipe" && def.in._zod.def.type === "transform") {
    const { $schema: _, ...read } = z.toJSONSchema(def.out, { io });
    Object.assign(jsonSchema, read);
  }
  if (io === "input" && "default" in jsonSchema) {
    const words = `Default: \`${JSON.stringify(jsonSchema.default)}\`.`;
    jsonSchema.description = [jsonSchema.description, words].filter(Boolean).join(" ");
    delete jsonSchema.default;
  }
  const isMap =
    isEmpty(jsonSchema.additionalProperties) || Object.keys(jsonSchema.properties ?? {}).length === 0;
  if (jsonSchema.type === "object" && isMap && jsonSchema.additionalProperties !== false) {
    jsonSchema.additionalProperties = true;
    delete jsonSchema.propertyNames;
  }
};

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
