/** Bytes of a body as it is sent. */
export const bodyBytes = 1_024;
/** What Posthorn puts around the data: id, type, timestamp. */
const envelopeBytes = 130;

/**
 * An event whose body, as it is sent, has about 1 KB.
 * @param {string} type
 */
export function makeEvent(type) {
  const data = { id: "cus_8fK2mQ", amount: 12_900, currency: "eur", items: [1, 2, 3], note: "" };
  data.note = "n".repeat(bodyBytes - envelopeBytes - JSON.stringify(data).length);
  return { type, data };
}
