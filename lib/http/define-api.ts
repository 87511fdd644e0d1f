import { randomUUID } from "node:crypto";
import { z } from "zod";
import { databaseWatch } from "@/db/connection/database";
import type { Operation, ParamsOf } from "../contract/operations/operation";
import type { okOutput } from "../contract/shared";
import { parseInput, queryInput, type Unparsed } from "../core/parse-input";
import { answerText } from "../verbs/answer-text";
import { type ExpectedVersions, etagOf, parseIfMatch } from "../verbs/version";
import { readBody } from "./read-body";

type InputOf<T extends Operation> = Unparsed<z.input<T["body"] extends z.ZodType ? T["body"] : T["query"]>>;

/** What a request asks of a verb: the parameters of its path by their names, who asks, and the body, or the query, as it came. */
type Asked<T extends Operation, Ctx> = ParamsOf<T> & {
  ctx: Ctx;
  input: InputOf<T>;
  headers: Headers;
  /** What a change of something versioned expects to change. */
  expected: ExpectedVersions;
};

/** What a verb gives back; nothing, if the answer is only that it was done. */
type Given<T extends Operation> = T["output"] extends typeof okOutput
  ? Promise<void>
  : Promise<z.input<T["output"]>>;

type NextHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | undefined> | undefined> },
) => Promise<Response>;

/**
 * An API below one path, with its own way to know who asks and its own form of errors.
 *
 * @param api.authenticate who makes a request, if they may use the operation; throws if not
 * @param api.errors the answer for anything that is thrown
 * @returns what it was made of, and `route`, which makes the handler of an operation out of a verb: it reads what comes in,
 *   which the verb parses, and answers by the operation's output schema
 */
export function defineApi<Ctx, Operations extends Record<string, Operation>>(api: {
  basePath: `/${string}`;
  operations: Operations;
  authenticate: (request: Request, operation: Operations[keyof Operations]) => Promise<Ctx>;
  errors: (error: unknown, requestId: string) => Response;
}) {
  return {
    basePath: api.basePath,
    operations: api.operations,
    route<T extends Operations[keyof Operations]>(
      operation: T,
      verb: (asked: Asked<T, Ctx>) => Given<T>,
    ): NextHandler {
      return async (request, { params }) => {
        const requestId = randomUUID();
        try {
          return await databaseWatch().guard(async () => {
            const ctx = await api.authenticate(request, operation);
            const asked = { ...(await read(operation, request, params)), ctx };
            // Of which types its schemas' outputs are, an operation that is not known yet can't tell.
            return answer(operation, await verb(asked as Asked<T, Ctx>), requestId);
          });
        } catch (error) {
          return api.errors(error, requestId);
        }
      };
    },
  };
}

async function read(operation: Operation, request: Request, params: Promise<unknown>) {
  const query = queryInput(new URL(request.url).searchParams);
  if (takesNothing(operation.query)) parseInput(operation.query, query);
  const input = operation.body ? await readBody(request) : query;
  if (operation.body && takesNothing(operation.body)) parseInput(operation.body, input);
  const named = parseInput(operation.params, (await params) ?? {});
  const expected = operation.versioned === "change" ? parseIfMatch(request.headers.get("if-match")) : null;
  return { ...named, input, expected, headers: request.headers };
}

/** Of what has no fields, no verb asks anything: that it is empty is seen to here. */
function takesNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}

function answer(operation: Operation, given: unknown, requestId: string): Response {
  const output = operation.output.parse(given ?? { ok: true });
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

/** The ETag of an answer that has a version; that of a deletion has none. */
function versionHeaders(output: unknown): Record<string, string> {
  const hasVersion = typeof output === "object" && output !== null && "version" in output;
  return hasVersion && typeof output.version === "string" ? { etag: etagOf(output.version) } : {};
}
