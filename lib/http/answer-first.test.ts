import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { answerFirst } from "./answer-first";

/** Says what is Next's, in its place. */
const server = http.createServer((request, response) => {
  if (!answerFirst(request, response)) response.end("Next's");
});
let url: string;

beforeAll(async () => {
  applySettings();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  url = `http://localhost:${address.port}/api/v1/deliveries`;
});

afterAll(() => server.close());

test.each(["__proto__", "nxtPid", "nxtIid", "%6extPid", "__pro%74o__"])(
  "the parameter %s, which Next would lose, is refused as one that no operation has",
  async (name) => {
    const answer = await fetch(`${url}?limit=5&${name}=1`);
    const { errors }: { errors: unknown } = JSON.parse(await answer.text());
    expect(answer.status).toBe(422);
    expect(errors).toEqual([{ path: decodeURIComponent(name), message: "is not a field of this request" }]);
  },
);

test.each(["limit=5", "nxt=1", "constructor=1", ""])(
  "the query %s is the route's to judge",
  async (query) => {
    expect(await (await fetch(`${url}?${query}`)).text()).toBe("Next's");
  },
);
