import { z } from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { settings } from "../env";
import { errorCodes } from "../errors";
import { type Operation, operations } from "../http/operations";
import { problem } from "../http/schemas";

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of API v1, made from the schemas that the routes check by. */
export function openApiDocument(): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const [operationId, operation] of Object.entries(operations) as [string, Operation][]) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = describeOperation(operationId, operation, schemas);
    paths[operation.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Posthorn",
      version: packageJson.version,
      description: "Publish events; Posthorn signs, delivers and retries them, and keeps a log.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: `${settings().appUrl}/api/v1` }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: `phk_…`." } },
      schemas: { ...schemas, Problem: jsonSchema(problem, "output", schemas) },
    },
  };
}

function describeOperation(operationId: string, operation: Operation, schemas: Json): Json {
  const query = z.toJSONSchema(operation.query, { io: "input", unrepresentable: "any" });
  const parameters = [
    ...[...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...(operationId === "publishEvent"
      ? [{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string" } }]
      : []),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: "query",
      required: query.required?.includes(name) ?? false,
      schema,
    })),
  ];
  return {
    operationId,
    tags: [operation.tag],
    summary: operation.summary,
    description: `Scope: \`${operation.scope}\``,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? {
          requestBody: {
            required: !operation.body.safeParse({}).success,
            content: { "application/json": { schema: jsonSchema(operation.body, "input", schemas) } },
          },
        }
      : {}),
    responses: {
      [operation.status]: {
        description: "Done",
        content: { "application/json": { schema: jsonSchema(operation.output, "output", schemas) } },
      },
      default: {
        description: `An error: ${Object.keys(errorCodes).join(", ")}`,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** A schema as JSON Schema; those with an id of their own move to the components and are referred to. */
function jsonSchema(schema: z.ZodType, io: "input" | "output", components: Json): Json {
  const {
    $defs = {},
    $schema: _,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Json & { $defs?: Json };
  const rewritten = JSON.parse(
    JSON.stringify({ own, $defs }).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as { own: Json; $defs: Json };
  for (const [name, definition] of Object.entries(rewritten.$defs)) {
    components[name] = definition;
  }
  const { id, ...rest } = rewritten.own;
  if (typeof id !== "string") return rewritten.own;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}
