import { expect, test } from "vitest";
import { AppError } from "../errors";
import { publishInput } from "../events/schemas";
import { jsonDepthMax } from "./json-depth";
import { parseInput } from "./parse-input";
import { readBody } from "./read-body";

const shapes: [string, (depth: number) => string][] = [
  ["lists", (depth) => "[".repeat(depth) + "]".repeat(depth)],
  ["objects", (depth) => `${'{"k":'.repeat(depth)}1${"}".repeat(depth)}`],
  ["objects named like a number", (depth) => `${'{"isLosslessNumber":'.repeat(depth)}1${"}".repeat(depth)}`],
  ["objects named like a prototype", (depth) => `${'{"__proto__":'.repeat(depth)}1${"}".repeat(depth)}`],
];

async function publish(body: string) {
  const request = new Request("http://localhost/", { method: "POST", body });
  return parseInput(publishInput, await readBody(request));
}

/** The first field that is refused. */
async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error ?? new Error("it was taken");
  return { code: error.code, ...error.extra.errors?.[0] };
}

for (const [shape, nest] of shapes) {
  test(`${shape} within each other are taken up to the limit`, async () => {
    await publish(`{"type":"a.b","data":{"k":${nest(jsonDepthMax - 1)}}}`);
  });

  test.each([jsonDepthMax, 1_500, 2_800, 5_000, 40_000])(
    `${shape} within each other, %i levels deep, are refused by the limit's name, whatever the stack holds`,
    async (depth) => {
      expect(await refusal(publish(`{"type":"a.b","data":{"k":${nest(depth)}}}`))).toEqual({
        code: "validation_failed",
        path: "data",
        message: "must be nested at most 100 levels deep",
      });
    },
  );
}

test("of a batch the event is named whose data is too deep", async () => {
  const deep = "[".repeat(300_000) + "]".repeat(300_000);
  const request = new Request("http://localhost/", {
    method: "POST",
    body: `{"events":[{"type":"a.b","data":{}},{"type":"a.b","data":{"k":${deep}}}]}`,
  });
  expect(await refusal(readBody(request))).toMatchObject({ path: "events.1.data" });
});
