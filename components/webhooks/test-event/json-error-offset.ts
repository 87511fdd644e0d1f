const space = /[ \t\n\r]*/y;
const scalar =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const key = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * Offset of the first character that makes a text invalid JSON (RFC 8259), or its length if it ends too early; `null`
 * for valid JSON. Browsers word their errors differently, and not all of them name a position.
 */
export function jsonErrorOffset(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found !== null;
  };
  const takeChar = (char: string) => {
    take(space);
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };
  const takeKey = () => {
    take(space);
    return take(key) && takeChar(":");
  };

  for (;;) {
    take(space);
    if (takeChar("{")) {
      if (!takeChar("}")) {
        open.push("{");
        if (!takeKey()) return at;
        continue;
      }
    } else if (takeChar("[")) {
      if (!takeChar("]")) {
        open.push("[");
        continue;
      }
    } else if (!take(scalar)) return at;

    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) {
        take(space);
        return at === text.length ? null : at;
      }
      if (takeChar(",")) {
        if (inside === "{" && !takeKey()) return at;
        break;
      }
      if (!takeChar(inside === "{" ? "}" : "]")) return at;
      open.pop();
    }
  }
}
