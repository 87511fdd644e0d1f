import { LRUCache } from "lru-cache";

/** The schemas used recently, by workspace and type: up to 16 million characters of them. */
const schemas = new LRUCache<string, string>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (schema) => schema.length,
});

const keyOf = (workspaceId: string, type: string) => `${workspaceId} ${type}`;

/** The cached schemas of these types. They may have changed since, so the write has to check them. */
export function cachedSchemas(workspaceId: string, types: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  if (schemas.size === 0) return found;
  for (const type of types) {
    const schema = schemas.get(keyOf(workspaceId, type));
    if (schema !== undefined) found.set(type, schema);
  }
  return found;
}

/** @param schema `null` if the type has none, or it is not enforced */
export function cacheSchema(workspaceId: string, type: string, schema: string | null): void {
  if (schema === null) schemas.delete(keyOf(workspaceId, type));
  else schemas.set(keyOf(workspaceId, type), schema);
}
