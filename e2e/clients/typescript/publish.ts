import type { components, operations } from "./api";

type Publish = operations["publishEvent"];
type Published = Publish["responses"][202]["content"]["application/json"];
type Refused = Publish["responses"][422]["content"]["application/problem+json"];

const { BASE, KEY } = process.env;

async function publish(event: components["schemas"]["PublishEvent"]): Promise<Response> {
  const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
  return fetch(`${BASE}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(event) });
}

const accepted = await publish({ type: "invoice.paid", data: { id: "inv_1", lines: [{ cents: 100 }] } });
const published: Published = await accepted.json();
const refused = await publish({ type: "invoice paid", data: {}, deliver: false });
const problem: Refused = await refused.json();
const { code, errors = [], status } = problem;
process.stdout.write(JSON.stringify({ published: published.id, status, code, path: errors[0]?.path }));
