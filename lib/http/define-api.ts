import { randomUUID } from "node:crypto";
import { z } from "zod";
import { databaseWatch } from "@/db/connection/database";
import type { Operation, ParamsOf } from "../contract/operations/operation";
import type { okOutput } from "../contract/shared";
import { parseInput, queryInput, type Unparsed } from "../core/parse-input";
import { answerText } from "../verbs/answer-text";
import { type ExpectedVersions, etagOf, parseIfMatch } from "../verbs/version";
import type { ApiAnswer, ApiRequest } from "./api-request";
import { readBody } from "./read-body";
import { webRequest, webResponse } from "./web-request";

type InputOf<T extends Operation> = Unparsed<z.input<T["body"] extends z.ZodType ? T["body"] : T["query"]>>;

/**
 * What a request passes to a verb: the parameters of its path by name, the caller, and the body or the query,
 * unchecked.
 */
type Asked<T extends Operation, Ctx> = ParamsOf<T> & {
  ctx: Ctx;
  input: InputOf<T>;
  headers: ApiRequest["headers"];
  /** The version that a change of a versioned object expects. */
  expected: ExpectedVersions;
};

/** What a verb returns; nothing, if the answer only says that it was done. */
type Given<T extends Operation> = T["output"] extends typeof okOutput
  ? Promise<void>
  : Promise<z.input<T["output"]>>;

/** Answers the requests of one operation; it never rejects. */
export type Answerer = (
  request: ApiRequest,
  params: Record<string, string | undefined>,
) => Promise<ApiAnswer>;

/** A file in parts, each read on demand. */
type FileAnswer = { name: string; type: string; parts: AsyncGenerator<string, void> };

type NextHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | undefined> | undefined> },
) => Promise<Response>;

/** The caller, and the id of the answer. */
export type Asking = ApiRequest & { requestId: string };

/**
 * Defines an API below a path, with its own authentication and its own form of errors.
 *
 * @param api.authenticate the caller, if they may use the operation; throws otherwise
 * @param api.errors the answer for an error
 * @param api.answered called for each answer, with the seconds that it took
 * @returns the given definition; `answerer`, which makes a request handler of an operation and its verb: it reads the
 *   input, which the verb parses, and answers by the operation's output schema; and `route`, the same as a Next
 *   handler
 */
export function defineApi<Ctx, Operations extends Record<string, Operation>>(api: {
  basePath: `/${string}`;
  operations: Operations;
  authenticate: (request: Asking, operation: Operations[keyof Operations]) => Promise<Ctx>;
  errors: (error: unknown, requestId: string) => ApiAnswer;
  answered?: (operation: Operation, answer: { status: number; seconds: number }) => void;
}) {
  type Verb<T extends Operation> = (asked: Asked<T, Ctx>) => Given<T>;

  function answerer<T extends Operations[keyof Operations]>(operation: T, verb: Verb<T>): Answerer {
    const respond: Answerer = async (request, params) => {
      const requestId = randomUUID();
      try {
        return await databaseWatch().guard(async () => {
          const ctx = await api.authenticate({ ...request, requestId }, operation);
          const asked = { ...(await read(operation, request, params)), ctx };
          // The type of its schema's output is unknown for an operation that is not known yet.
          return answer(operation, await verb(asked as Asked<T, Ctx>), requestId);
        });
      } catch (error) {
        return api.errors(error, requestId);
      }
    };
    const { answered } = api;
    if (!answered) return respond;
    return async (request, params) => {
      const startedAt = performance.now();
      const given = await respond(request, params);
      answered(operation, { status: given.status, seconds: (performance.now() - startedAt) / 1_000 });
      return given;
    };
  }

  function route<T extends Operations[keyof Operations]>(operation: T, verb: Verb<T>): NextHandler {
    const answers = answerer(operation, verb);
    return async (request, { params }) =>
      webResponse(await answers(webRequest(request), (await params) ?? {}));
  }

  /** A file as the answer. Its parts are read as the client takes them, and reading stops if the client leaves. */
  function fileRoute<T extends Operations[keyof Operations]>(
    operation: T,
    verb: (asked: Asked<T, Ctx>) => Promise<FileAnswer>,
  ): NextHandler {
    return async (given, { params }) => {
      const requestId = randomUUID();
      const request = webRequest(given);
      try {
        const { name, type, body } = await databaseWatch().guard(async () => {
          const ctx = await api.authenticate({ ...request, requestId }, operation);
          const asked = { ...(await read(operation, request, (await params) ?? {})), ctx };
          const file = await verb(asked as Asked<T, Ctx>);
          return { ...file, body: await streamOf(file.parts) };
        });
        return new Response(body, {
          headers: {
            "content-type": type,
            "content-disposition": `attachment; filename="${name}"`,
            "cache-control": "no-store",
            "x-request-id": requestId,
          },
        });
      } catch (error) {
        return webResponse(api.errors(error, requestId));
      }
    };
  }

  return { basePath: api.basePath, operations: api.operations, answerer, route, fileRoute };
}

/** The first part is read at once, so that an error until then is answered as one. */
async function streamOf(parts: FileAnswer["parts"]): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<string, void>> | null = Promise.resolve(await parts.next());
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await (next ?? parts.next());
      next = null;
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return();
    },
  });
}

async function read(operation: Operation, request: ApiRequest, params: Parameters<Answerer>[1]) {
  const { headers } = request;
  const query = queryInput(queryOf(request));
  if (takesNothing(operation.query)) parseInput(operation.query, query);
  const input = operation.body ? await readBody(request) : query;
  if (operation.body && takesNothing(operation.body)) parseInput(operation.body, input);
  const named = parseInput(operation.params, params);
  const expected = operation.versioned === "change" ? parseIfMatch(headers.get("if-match")) : null;
  return { ...named, input, expected, headers };
}

function queryOf({ url }: ApiRequest): URLSearchParams {
  const at = url.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : url.slice(at));
}

/** Verbs without input do not check it, so this checks that it is empty. */
function takesNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}

function answer(operation: Operation, given: unknown, requestId: string): ApiAnswer {
  const output = operation.output.parse(given ?? { ok: true });
  return {
    status: operation.status,
    headers: {
      ...(operation.versioned ? versionHeaders(output) : {}),
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": requestId,
    },
    body: answerText(output),
  };
}

/** The ETag of an answer that has a version; the answer to a deletion has none. */
function versionHeaders(output: unknown): Record<string, string> {
  const hasVersion = typeof output === "object" && output !== null && "version" in output;
  return hasVersion && typeof output.version === "string" ? { etag: etagOf(output.version) } : {};
}
