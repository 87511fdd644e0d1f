import { expect, test } from "vitest";
import { fromPublicId, idAt, isMadeLater, newId, newIdAt, toPublicId } from "./ids";
import { timeOfId } from "./time-of-id.mjs";

test("an id is read back as it was written, and not as one of another kind", () => {
  const id = newId();
  const shown = toPublicId("event", id);
  expect(shown).toMatch(/^evt_[0-9a-f]{32}$/);
  expect(fromPublicId("event", shown)).toBe(id);
  expect(fromPublicId("delivery", shown)).toBeNull();
  for (const wrong of ["", "evt_", `${shown}0`, shown.toUpperCase(), id, `evt_${id}`]) {
    expect(fromPublicId("event", wrong)).toBeNull();
  }
});

test("ids made in one process sort in the order they were made", () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect([...ids].sort()).toEqual(ids);
});

test("the bound of a moment lies between the ids before and after it", () => {
  const before = newId();
  const bound = idAt(new Date(Date.now() + 1_000));
  expect(before < bound).toBe(true);
  expect(idAt(new Date(Date.now() - 1_000)) < before).toBe(true);
});

test("an id of an earlier moment is of that time, and told from those made at the time", () => {
  const time = new Date("2026-11-20T12:00:00.123Z");
  for (const id of Array.from({ length: 1_000 }, () => newIdAt(time))) {
    expect(timeOfId(id)).toEqual(time);
    expect(isMadeLater(id)).toBe(true);
  }
  expect(Array.from({ length: 1_000 }, newId).filter(isMadeLater)).toEqual([]);
});
