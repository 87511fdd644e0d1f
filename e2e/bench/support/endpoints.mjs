/** @typedef {{ id: string, type: string }} Endpoint */

/**
 * Makes endpoints, each of which subscribes to a type of its own, so that an event is one delivery.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ name: string, count: number, url: string, signature?: string }} options `name` is in the types
 * @returns {Promise<Endpoint[]>}
 */
export async function makeEndpoints({ posthorn, database }, { name, count, url, signature }) {
  await database.setEndpointLimit(1_000);
  /** @type {Endpoint[]} */
  const endpoints = [];
  for (let number = 1; number <= count; number += 1) {
    const type = `bench.${name}_${number}`;
    const { id } = await posthorn.request("POST", "/endpoints", { url, eventTypes: [type], signature });
    endpoints.push({ id: String(id), type });
  }
  return endpoints;
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {Endpoint[]} endpoints
 */
export async function deleteEndpoints({ posthorn }, endpoints) {
  for (const { id } of endpoints) await posthorn.request("DELETE", `/endpoints/${id}`);
}
