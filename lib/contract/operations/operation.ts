import { z } from "zod";
import type { Scope } from "../../core/api-keys";
import type { ErrorCode } from "../../core/errors";
import { text } from "../../core/text";
import { okOutput } from "../shared";
import type { Tag } from "../tags";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The names in braces in a path. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/**
 * For an operation on what several people change: `read` answers with an ETag, and `change` also accepts one as
 * `If-Match`.
 */
type Versioned = "read" | "change";

/** One method of one path of an API: what its route parses, and what it answers. */
export type Operation = {
  method: Method;
  /** Below the API's base path, with `{id}` for a parameter. */
  path: string;
  /** The parameters of the path, each a text; the verb answers an unknown one with 404. */
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodType | null;
  status: 200 | 201 | 202;
  output: z.ZodType;
  versioned?: Versioned | undefined;
  /** Media types of a file that is answered instead of JSON. */
  file?: readonly string[] | undefined;
};

/** The parameters of an operation's path, by name. */
export type ParamsOf<T extends Operation> = { [Name in keyof T["params"]["shape"]]: string };

/** An operation of API v1, with its requirements and its OpenAPI description. */
export type OperationV1 = Operation & {
  tag: Tag;
  summary: string;
  scope: Scope;
  /** Errors besides those that any operation of its form may have. */
  errors?: readonly ErrorCode[] | undefined;
};

const noFields = z.strictObject({});
const emptyBody = noFields.meta({ description: "No fields." });

/**
 * The definition of an operation; all fields except `route` have a default. It takes its input from its query or its
 * body.
 */
type Definition = {
  route: `${Method} /${string}`;
  /** 200 by default. */
  status?: 200 | 201 | 202;
  /** `{ "ok": true }` by default. */
  output?: z.ZodType;
  versioned?: Versioned;
  file?: readonly string[];
} & (
  | { route: `${"GET" | "DELETE"} ${string}`; query?: z.ZodObject }
  | { route: `${"POST" | "PATCH"} ${string}`; body?: z.ZodType }
);

type Completed<D extends Definition> = D["route"] extends `${infer M extends Method} ${infer Path}`
  ? Omit<D, "route"> & {
      method: M;
      path: Path;
      params: z.ZodObject<Record<NamesIn<Path>, z.ZodString>>;
      query: D extends { query: infer Query extends z.ZodObject } ? Query : typeof noFields;
      body: D extends { body: infer Body extends z.ZodType }
        ? Body
        : M extends "POST" | "PATCH"
          ? typeof emptyBody
          : null;
      status: 200 | 201 | 202;
      output: D extends { output: infer Output extends z.ZodType } ? Output : typeof okOutput;
    }
  : never;

/** An operation, defined by its differences from others of its method. */
export function operation<const D extends Definition>(definition: D): Completed<D>;
export function operation({ route, ...rest }: Definition): Operation {
  const [method = "GET", path = ""] = route.split(" ") as [Method?, string?];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return {
    query: noFields,
    body: method === "POST" || method === "PATCH" ? emptyBody : null,
    status: 200,
    output: okOutput,
    ...rest,
    method,
    path,
    params: z.object(Object.fromEntries(names.map((name) => [name, text({ max: 1_000 })]))),
  };
}

type DefinitionV1 = Definition & Pick<OperationV1, "summary" | "errors"> & { scope?: Scope };
type CompletedV1<D extends DefinitionV1> = Completed<D> & Pick<OperationV1, "tag" | "scope">;

/** The operations of API v1 about one noun, with the scopes of those that read and of those that change. */
export function operationsOf<const Ds extends Record<string, DefinitionV1>>(
  noun: { tag: Tag; reads: Scope; changes: Scope },
  definitions: Ds,
): { [Name in keyof Ds]: CompletedV1<Ds[Name]> };
export function operationsOf(
  { tag, reads, changes }: { tag: Tag; reads: Scope; changes: Scope },
  definitions: Record<string, DefinitionV1>,
): Record<string, OperationV1> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      { scope: definition.route.startsWith("GET ") ? reads : changes, ...operation(definition), tag },
    ]),
  );
}
