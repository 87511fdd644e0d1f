import { type SQL, sql } from "drizzle-orm";
import type { PayloadSearch, ValueForm } from "../../lib/core/payload-search";

/**
 * SQL: whether an event's payload matches a search.
 *
 * @param search text anywhere in the body, in any case; or values below `data`
 */
export function payloadMatches(search: PayloadSearch): SQL {
  if ("text" in search) return sql`e.body ilike ${`%${escapeLike(inJson(search.text))}%`}`;
  return sql`(${sql.join(search.forms.map(hasValue), sql` or `)})`;
}

/**
 * Looks for the text first, which avoids parsing most payloads as JSON. PostgreSQL's `jsonb` cannot hold all JSON and
 * would fail: U+0000, half of a surrogate pair (8.14), and numbers that are very long or have a large exponent.
 */
function hasValue({ path, value, prefix }: ValueForm): SQL {
  const literal = inJson(value);
  const keys = path === null ? ".**" : path.map((key) => `.${JSON.stringify(key)}`).join("");
  const condition = prefix ? "@ starts with $text" : "@ == $text || @ == $other";
  const text = JSON.stringify(value);
  const variables = `{"text":${text},"other":${isLiteral.test(value) ? value : text}}`;
  return sql`case
    when strpos(e.body, ${literal}) = 0 and strpos(e.body, '\\') = 0 then false
    when e.body ~ ${notInJsonb} then strpos(e.body, ${literal}) > 0
    else jsonb_path_exists(e.body::jsonb, ${`$.data${keys} ? (${condition})`}::jsonpath, ${variables}::text::jsonb, true)
    end`;
}

const notInJsonb = String.raw`\\u(0000|[dD][89a-fA-F])|\d{250}|[:,[]-?[\d.]+[eE][-+]?\d{4}`;

/** For values that are not strings: a number with its digits unchanged, `true`, `false` and `null`. */
const isLiteral = /^(?:true|false|null|-?(?:0|[1-9]\d{0,99})(?:\.\d{1,99})?(?:[eE][-+]?\d{1,3})?)$/;

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
