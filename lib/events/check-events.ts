import type { Catalogue } from "@/db/queries/accept-requests";
import { type FieldError, validationFailed } from "../errors";
import { findSchemaErrors } from "../event-types/find-schema-errors";

/**
 * What a strict workspace asks of events: types that its catalogue has, and data that keeps to its type's schema.
 *
 * @param params `pathOf`: where a field of the event at an index stands in the request
 * @throws AppError `validation_failed`, naming the type or the place in the data
 */
export function checkEvents(params: {
  catalogue: Catalogue;
  workspaceId: string;
  events: { type: string; data: unknown }[];
  pathOf: (index: number, field: string) => string;
}): void {
  const { catalogue, events, pathOf } = params;
  const errors: FieldError[] = [];
  if (catalogue.refuseUnknownTypes) {
    for (const [index, { type }] of events.entries()) {
      if (!Object.hasOwn(catalogue.types, type))
        errors.push({
          path: pathOf(index, "type"),
          message: `is not in the catalogue of this workspace, which refuses unknown types; add ${type} to it, or send a type that it has`,
        });
    }
  }
  if (catalogue.refuseInvalidData) {
    const checks = events.flatMap(({ type, data }, index) => {
      const schema = Object.hasOwn(catalogue.types, type) ? catalogue.types[type] : null;
      return schema
        ? [{ key: `${params.workspaceId} ${type}`, schema, data, path: pathOf(index, "data") }]
        : [];
    });
    errors.push(...findSchemaErrors(checks));
  }
  if (errors.length > 0) throw validationFailed(errors);
}
