import { expect, test } from "vitest";
import { newId, toPublicId } from "../core/ids";
import { type PageParams, pageFrom } from "./page";

/** Five rows, newest first, by a query that reads as the database's do. */
const rows = Array.from({ length: 5 }, () => newId())
  .toReversed()
  .map((uuid) => ({ uuid, id: toPublicId("event", uuid) }));
const ids = rows.map(({ id }) => id);
const page = (params: PageParams) =>
  pageFrom("event", params, async ({ limit, before }) =>
    rows.filter(({ uuid }) => before === null || uuid < before).slice(0, limit),
  );

test("pages that follow one another hold each row once, and the last one says that it is the last", async () => {
  for (const limit of [1, 2, 4]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { data, nextCursor } = await page({ limit, cursor });
      expect(data.length).toBeLessThanOrEqual(limit);
      seen.push(...data.map(({ id }) => id));
      if (nextCursor !== null) expect(nextCursor).toBe(seen.at(-1));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids);
  }
});

test("a page that holds all that is left has none behind it", async () => {
  for (const limit of [5, 6]) expect(await page({ limit })).toEqual({ data: rows, nextCursor: null });
  expect(await page({ limit: 3, cursor: ids[1] })).toEqual({ data: rows.slice(2), nextCursor: null });
  expect(await page({ limit: 3, cursor: ids[4] })).toEqual({ data: [], nextCursor: null });
});

test.each(["", "x", "dlv_0198c0de00007000800000000000000f"])(
  "%j is no cursor of such a list",
  async (cursor) => {
    await expect(page({ limit: 3, cursor })).rejects.toMatchObject({
      code: "validation_failed",
      extra: { errors: [{ path: "cursor", message: "must be the nextCursor of an earlier page" }] },
    });
  },
);
