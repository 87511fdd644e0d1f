import { nameOfCharacter, text } from "./text";

/**
 * Characters that are invisible in a URL or shown in another place (Unicode, UTS #39, section 5): spaces, controls,
 * changes of writing direction, invisible characters, and private-use characters.
 */
const invisible =
  /[\s\p{White_Space}\p{Control}\p{Format}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Private_Use}\p{Unassigned}\u2800]/u;

const namesOf: [RegExp, string][] = [
  [/\t/, "a tab"],
  [/[\n\r\u2028\u2029]/u, "a line break"],
  [/\p{White_Space}/u, "a space"],
  [/\p{Bidi_Control}/u, "a character that changes the text direction"],
];

/** What a URL must be before anything is resolved: absolute, http(s), without credentials or fragment. */
export const endpointUrl = text({ trim: true, max: 2_048 })
  .superRefine((input, context) => {
    const fail = (message: string) => context.addIssue({ code: "custom", message });
    const hidden = invisible.exec(input)?.[0];
    if (hidden)
      return fail(`must not contain ${nameOf(hidden)}; write it as ${encoded(hidden)} if it belongs there`);
    if (!URL.canParse(input)) return fail("must be a full URL, like https://example.com/webhooks");
    const url = new URL(input);
    if (url.protocol !== "https:" && url.protocol !== "http:") return fail("must start with https://");
    if (url.username || url.password) return fail("must not contain a user name or password");
    if (url.port === "0") return fail("must have a port from 1 to 65535, or no port");
    if (url.hash) return fail("must not contain a fragment (#…), which is never sent");
  })
  .meta({ description: "The URL that requests are sent to.", examples: ["https://example.com/webhooks"] });

function nameOf(character: string): string {
  const name = namesOf.find(([characters]) => characters.test(character))?.[1] ?? "an invisible character";
  return `${name} (${nameOfCharacter(character)})`;
}

/** RFC 3986, section 2.1. Unlike `encodeURIComponent`, it encodes every character. */
function encoded(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
