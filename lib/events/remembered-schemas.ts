/** Characters of all that is remembered. */
const charactersMax = 16 * 1024 * 1024;

/** The schemas by which events were judged lately, by workspace and type; what was used longest ago makes room. */
const entries = new Map<string, string>();
let characters = 0;

const keyOf = (workspaceId: string, type: string) => `${workspaceId} ${type}`;

/** Those of the types of which one is remembered. It may be another by now: who writes has to look. */
export function rememberedSchemas(workspaceId: string, types: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  if (entries.size === 0) return found;
  for (const type of types) {
    const schema = entries.get(keyOf(workspaceId, type));
    if (schema !== undefined) found.set(type, schema);
  }
  return found;
}

/** @param schema `null` where the type has none, or nobody is held to it */
export function rememberSchema(workspaceId: string, type: string, schema: string | null): void {
  const key = keyOf(workspaceId, type);
  characters -= entries.get(key)?.length ?? 0;
  entries.delete(key);
  if (schema === null) return;
  entries.set(key, schema);
  characters += schema.length;
  for (const [oldest, text] of entries) {
    if (characters <= charactersMax) break;
    entries.delete(oldest);
    characters -= text.length;
  }
}
