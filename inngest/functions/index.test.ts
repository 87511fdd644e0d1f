import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { expect, test } from "vitest";
import { readFunctions } from "../embedded-engine/read-functions";
import { createFunctions } from "./index";

const client = new Inngest({ id: "test", isDev: true });
const functions = createFunctions(client);

test.each(functions.map((made) => [made.id(), made] as const))(
  "%s says how often it is retried: the SDK's default and the server's differ",
  (_id, { opts }) => {
    expect(opts.retries).toBeTypeOf("number");
  },
);

test("ids are distinct, and each function can run on the embedded engine", async () => {
  const origin = "http://embedded-engine.invalid";
  const definitions = await readFunctions(
    serve({ client, functions, serveOrigin: origin }),
    `${origin}/api/inngest`,
  );
  const ids = functions.map((made) => `test-${made.id()}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(definitions.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});
