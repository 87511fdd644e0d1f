import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { databaseWatch } from "@/db/connection/database";
import type { OperationV1 as Operation } from "../contract/operations/operation";
import { pathParameters } from "../contract/shared";
import { parseInput, parseQuery } from "../core/parse-input";
import { answerText } from "../verbs/answer-text";
import { authorize, type Context } from "../verbs/context";
import { type ExpectedVersions, etagOf, parseIfMatch } from "../verbs/version";
import { authenticate } from "./authenticate";
import { problemResponse } from "./problem";
import { readBody } from "./read-body";

type BodyOf<T extends Operation> = T["body"] extends z.ZodType ? z.output<T["body"]> : undefined;

type Handler<T extends Operation> = (request: {
  ctx: Context;
  id: string;
  name: string;
  query: z.output<T["query"]>;
  body: BodyOf<T>;
  headers: Headers;
  /** What a change of something versioned expects to change. */
  expected: ExpectedVersions;
}) => Promise<z.input<T["output"]>>;

type NextHandler = (
  request: Request,
  context: { params: Promise<{ id?: string; name?: string } | undefined> },
) => Promise<Response>;

/**
 * A route of API v1: builds the context from an API key or a session, checks the scope, parses what comes in and
 * what leaves by the operation's schemas, and maps errors once.
 */
export function route<const T extends Operation>(operation: T, handler: Handler<T>): NextHandler {
  return async (request, { params }) => {
    const requestId = randomUUID();
    try {
      return await databaseWatch().guard(() => answer(request, params, requestId));
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };

  async function answer(
    request: Request,
    params: Promise<{ id?: string; name?: string } | undefined>,
    requestId: string,
  ): Promise<Response> {
    const ctx = await authenticate(request);
    authorize(ctx, operation.scope);
    const query = parseQuery(operation.query, new URL(request.url).searchParams);
    const body = operation.body ? parseInput(operation.body, await readBody(request)) : undefined;
    const { id, name } = parseInput(pathParameters, (await params) ?? {});
    const result = await handler({
      ctx,
      id,
      name,
      query: query as z.output<T["query"]>,
      body: body as BodyOf<T>,
      headers: request.headers,
      expected: operation.versioned === "change" ? parseIfMatch(request.headers.get("if-match")) : null,
    });
    const output = operation.output.parse(result);
    return new Response(answerText(output), {
      status: operation.status,
      headers: {
        ...(operation.versioned ? versionHeaders(output) : {}),
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-request-id": requestId,
      },
    });
  }
}

/** The ETag of an answer that has a version; that of a deletion has none. */
function versionHeaders(output: unknown): Record<string, string> {
  const hasVersion = typeof output === "object" && output !== null && "version" in output;
  return hasVersion && typeof output.version === "string" ? { etag: etagOf(output.version) } : {};
}
