import { expect, test } from "vitest";
import type { Page } from "../contract/shared";
import { readDownTo } from "./read-down-to";

type Row = { id: string };

/** A list that holds rows of these numbers, three a page, newest first; it keeps count of what is asked of it. */
function listOf(newest: number) {
  const asked: (string | null)[] = [];
  const idOf = (number: number) => String(number).padStart(4, "0");
  const list = async (cursor: string | null): Promise<Page<Row>> => {
    asked.push(cursor);
    const from = cursor === null ? newest : Number(cursor) - 1;
    const data = Array.from({ length: Math.min(3, from) }, (_, index) => ({ id: idOf(from - index) }));
    return { data, nextCursor: from > 3 ? (data.at(-1)?.id ?? null) : null };
  };
  return { list, asked };
}

const numbers = ({ data }: Page<Row>) => data.map(({ id }) => Number(id));

test("a list that is read the first time is its first page", async () => {
  const page = await readDownTo(listOf(7).list, undefined);
  expect(numbers(page)).toEqual([7, 6, 5]);
  expect(page.nextCursor).toBe("0005");
});

test("what is new comes on top, and the page ends where it ended", async () => {
  const shown = await readDownTo(listOf(7).list, undefined);
  const { list, asked } = listOf(9);
  const page = await readDownTo(list, shown);
  expect(numbers(page)).toEqual([9, 8, 7, 6, 5]);
  expect(page.nextCursor).toBe("0005");
  expect(asked).toEqual([null, "0007"]);
});

test("more than a page of new rows pushes nothing out", async () => {
  const shown = await readDownTo(listOf(7).list, undefined);
  const page = await readDownTo(listOf(30).list, shown);
  expect(numbers(page).slice(-3)).toEqual([7, 6, 5]);
  expect(numbers(page)).toHaveLength(26);
});

test("a list that was shown whole stays whole", async () => {
  const shown = await readDownTo(listOf(2).list, undefined);
  const page = await readDownTo(listOf(8).list, shown);
  expect(numbers(page)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  expect(page.nextCursor).toBeNull();
});

test("nothing new costs one request", async () => {
  const shown = await readDownTo(listOf(7).list, undefined);
  const { list, asked } = listOf(7);
  expect(await readDownTo(list, shown)).toEqual(shown);
  expect(asked).toEqual([null]);
});
