import { randomBytes } from "node:crypto";

/** What starts a Posthorn that is set up, with an API key that is known, and without a browser. */
export type Producer = {
  env: Record<string, string>;
  /** Publishes an event and gives its id once it is acknowledged. */
  publish(url: string, data: Record<string, unknown>): Promise<string>;
  /** The data of an event; `null` if no event has that id. */
  read(url: string, eventId: string): Promise<unknown>;
};

export function makeProducer(): Producer {
  const apiKey = `phk_${randomBytes(24).toString("hex")}`;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  return {
    env: {
      POSTHORN_BOOTSTRAP_EMAIL: "owner@example.com",
      POSTHORN_BOOTSTRAP_PASSWORD: randomBytes(12).toString("hex"),
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
    },
    publish: async (url, data) => {
      const body = JSON.stringify({ type: "customer.created", data });
      const response = await fetch(`${url}/api/v1/events`, { method: "POST", headers, body });
      const answer = await response.text();
      if (response.status !== 202) throw new Error(`publishing was answered ${response.status}: ${answer}`);
      const { id }: { id: string } = JSON.parse(answer);
      return id;
    },
    read: async (url, eventId) => {
      const response = await fetch(`${url}/api/v1/events/${eventId}`, { headers });
      if (response.status === 404) return null;
      const event: { payload: string } = JSON.parse(await response.text());
      const sent: { data: unknown } = JSON.parse(event.payload);
      return sent.data;
    },
  };
}
