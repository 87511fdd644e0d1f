import { isObject, type Json, type JsonObject, own } from "./json";
import { schemaHolders } from "./keywords";

export type Schema = boolean | JsonObject;

/** A schema with an `$id` of its own, or a whole document (Core, section 4.3.5). */
export type Resource = {
  uri: string;
  root: Json;
  anchors: Map<string, JsonObject>;
  dynamicAnchors: Map<string, JsonObject>;
};

/** A reference that does not resolve. */
export class Unresolvable extends Error {
  override readonly name = "Unresolvable";
}

/** All schemas of some documents, by URI, anchor and pointer. Nothing is ever fetched. */
export class SchemaIndex {
  private readonly resources = new Map<string, Resource>();
  private readonly homes = new Map<JsonObject, Resource>();
  /** Keys that lead from its document to a schema. */
  readonly paths = new Map<JsonObject, string[]>();

  /** @param library other documents that may be referred to */
  constructor(readonly library?: SchemaIndex) {}

  /** @throws Unresolvable for an invalid `$id` */
  add(document: Json, uri: string): Resource {
    const resource = this.open(document, uri);
    this.walk(document, resource, []);
    return resource;
  }

  homeOf(schema: JsonObject): Resource {
    const home = this.knownHome(schema);
    if (!home) throw new Error("a schema is in no document");
    return home;
  }

  private knownHome(schema: JsonObject): Resource | undefined {
    return this.homes.get(schema) ?? this.library?.homes.get(schema);
  }

  /**
   * Resolves a reference (RFC 3986; fragments: RFC 6901, or an anchor).
   *
   * @throws Unresolvable if there is nothing to refer to
   */
  resolve(reference: string, base: Resource): { schema: Schema; anchor: string } {
    const { uri, fragment } = resolveUri(reference, base.uri);
    const resource = this.resources.get(uri) ?? this.library?.resources.get(uri);
    if (!resource) throw new Unresolvable(`refers to ${uri}, which is not in this schema`);
    const schema =
      fragment === "" || fragment.startsWith("/")
        ? this.follow(fragment, resource)
        : (resource.anchors.get(fragment) ?? resource.dynamicAnchors.get(fragment));
    if (typeof schema !== "boolean" && !isObject(schema))
      throw new Unresolvable(`refers to ${reference}, which is not a schema`);
    return { schema, anchor: fragment };
  }

  private follow(pointer: string, resource: Resource): Json | undefined {
    let home = resource;
    let value: Json | undefined = resource.root;
    const keys = pointer.split("/").slice(1).map(unescapePointer);
    for (const key of keys) {
      if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
      else value = isObject(value) ? own(value, key) : undefined;
      if (isObject(value)) home = this.knownHome(value) ?? home;
    }
    // A place that no keyword makes a schema becomes one if it is referred to.
    if (isObject(value) && !this.knownHome(value)) this.walk(value, home, keys);
    return value;
  }

  private open(root: Json, uri: string): Resource {
    const resource = { uri, root, anchors: new Map(), dynamicAnchors: new Map() };
    this.resources.set(uri, resource);
    return resource;
  }

  private walk(schema: Json, parent: Resource, path: string[]): void {
    if (!isObject(schema)) return;
    const id = own(schema, "$id");
    let home = parent;
    if (typeof id === "string") {
      const { uri } = resolveUri(id, parent.uri);
      home = uri === parent.uri ? parent : this.open(schema, uri);
    }
    this.homes.set(schema, home);
    this.paths.set(schema, path);
    const anchor = own(schema, "$anchor");
    if (typeof anchor === "string") home.anchors.set(anchor, schema);
    const dynamicAnchor = own(schema, "$dynamicAnchor");
    if (typeof dynamicAnchor === "string") home.dynamicAnchors.set(dynamicAnchor, schema);
    for (const keyword of Object.keys(schemaHolders)) {
      for (const { keys, inner } of heldSchemas(schema, keyword)) this.walk(inner, home, [...path, ...keys]);
    }
  }
}

/** The schemas under a keyword, with the keys that lead to each. */
export function heldSchemas(schema: JsonObject, keyword: string): { keys: string[]; inner: Json }[] {
  const held = own(schema, keyword);
  if (held === undefined) return [];
  if (schemaHolders[keyword] === "one") return [{ keys: [keyword], inner: held }];
  if (!Array.isArray(held) && !isObject(held)) return [];
  return Object.entries(held).map(([key, inner]) => ({ keys: [keyword, key], inner }));
}

function resolveUri(reference: string, base: string): { uri: string; fragment: string } {
  try {
    const url = new URL(reference, base);
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    return { uri: url.href, fragment };
  } catch {
    throw new Unresolvable(`is not a valid URI reference from ${base}`);
  }
}

/** RFC 6901, section 4. */
function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
