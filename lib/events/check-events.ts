import type { Catalogue } from "@/db/queries/accept-requests";
import { type FieldError, validationFailed } from "../core/errors";
import { judgeData } from "../event-types/judge-by-schema";
import { cacheSchema } from "./cached-schemas";

/** An event to be published: `data` is its JSON text, `pathOf` gives a field's path in the request. */
export type CheckedEvent = { type: string; data: string; pathOf: (field: string) => string };

/**
 * The result of checking events by schemas, by type. It is computed before the transaction, which checks that the
 * schemas are still in force.
 */
export type Judgement = {
  schemas: ReadonlyMap<string, string>;
  errors: { type: string; error: FieldError }[];
};

/** Data has to be checked by these schemas, by type, before it can be written. */
export class JudgementNeeded extends Error {
  override readonly name = "JudgementNeeded";
  constructor(readonly schemas: ReadonlyMap<string, string>) {
    super("data must be validated against the schema of its type first");
  }
}

/** Checks events by schemas, by type, on a separate thread. */
export async function judgeEvents(
  workspaceId: string,
  events: CheckedEvent[],
  schemas: ReadonlyMap<string, string>,
): Promise<Judgement> {
  const judged = events.flatMap(({ type, data, pathOf }) => {
    const schema = schemas.get(type);
    return schema === undefined ? [] : [{ type, check: { schema, data, path: pathOf("data") } }];
  });
  if (judged.length === 0) return { schemas, errors: [] };
  const errors = await judgeData(
    workspaceId,
    judged.map(({ check }) => check),
  );
  const typeAt = (path: string) =>
    judged.find(({ check }) => path === check.path || path.startsWith(`${check.path}.`))?.type ?? "";
  return { schemas, errors: errors.map((error) => ({ type: typeAt(error.path), error })) };
}

/**
 * Applies a strict workspace's rules to events: types must be in its catalogue, and data must match its type's
 * schema.
 *
 * @throws AppError `validation_failed`, naming the type or the place in the data; JudgementNeeded if the data was
 *   checked by other schemas than those in force
 */
export function checkEvents(params: {
  catalogue: Catalogue;
  workspaceId: string;
  events: CheckedEvent[];
  judgement: Judgement;
}): void {
  const { catalogue, events, judgement } = params;
  const inForce = schemasInForce(catalogue, events);
  for (const [type] of judgement.schemas) {
    if (!inForce.has(type)) cacheSchema(params.workspaceId, type, null);
  }
  for (const [type, schema] of inForce) {
    if (judgement.schemas.get(type) !== schema) throw new JudgementNeeded(inForce);
  }
  const errors: FieldError[] = [];
  if (catalogue.refuseUnknownTypes) {
    for (const { type, pathOf } of events) {
      if (!Object.hasOwn(catalogue.types, type))
        errors.push({
          path: pathOf("type"),
          message: `is not in the catalogue, and this workspace refuses unknown types; add ${type} to the catalogue, or send a type from it`,
        });
    }
  }
  errors.push(...judgement.errors.filter(({ type }) => inForce.has(type)).map(({ error }) => error));
  if (errors.length > 0) throw validationFailed(errors);
}

function schemasInForce(catalogue: Catalogue, events: CheckedEvent[]): Map<string, string> {
  const schemas = new Map<string, string>();
  if (!catalogue.refuseInvalidData) return schemas;
  for (const { type } of events) {
    const schema = Object.hasOwn(catalogue.types, type) ? catalogue.types[type] : null;
    if (schema) schemas.set(type, schema);
  }
  return schemas;
}
