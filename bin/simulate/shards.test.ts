import { expect, test } from "vitest";
import {
  loadsOf,
  movedByDirectory,
  movedByRendezvous,
  placeByDirectory,
  placeByRendezvous,
  splitLarge,
  spreadOf,
  zipfShares,
} from "./shards.mjs";
import { type Costs, databaseCapacity, sizeFor } from "./sizing.mjs";

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

test("shares add up to everything, and the n-th is the largest divided by n", () => {
  const shares = zipfShares(1_000, 1);
  expect(sum(shares)).toBeCloseTo(1);
  expect((shares[0] ?? 0) / (shares[9] ?? 1)).toBeCloseTo(10);
  expect(zipfShares(4, 0)).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test("what is larger than a part may be is divided evenly, and nothing is lost", () => {
  expect(splitLarge([10, 4, 1], 4)).toEqual([10 / 3, 10 / 3, 10 / 3, 4, 1]);
});

test("rendezvous hashing spreads equal workspaces evenly, and moves only to a shard that is added", () => {
  const [before, after] = [placeByRendezvous(20_000, 9), placeByRendezvous(20_000, 10)];
  const equal = Array.from({ length: 20_000 }, () => 1);
  const { max } = spreadOf(loadsOf(before, equal, 9));
  expect(max).toBeLessThan(1.1);
  const moved = after.filter((shard, item) => shard !== before[item]);
  expect(new Set(moved)).toEqual(new Set([9]));
  const { items, load } = movedByRendezvous(equal, 9);
  expect(items).toBe(moved.length);
  expect(load).toBeGreaterThan(0.09);
  expect(load).toBeLessThan(0.11);
});

test("a directory is even where hashing is not, for it knows sizes", () => {
  const rates = splitLarge(zipfShares(5_000, 1), 1 / 16);
  const hashed = spreadOf(loadsOf(placeByRendezvous(rates.length, 8), rates, 8));
  const chosen = spreadOf(loadsOf(placeByDirectory(rates, 8), rates, 8));
  expect(chosen.max).toBeLessThan(1.01);
  expect(hashed.max).toBeGreaterThan(chosen.max);
});

test("a directory fills a shard that is added with few and large ones", () => {
  const rates = splitLarge(zipfShares(5_000, 1), 1 / 16);
  const { items, load } = movedByDirectory(rates, 8);
  expect(load).toBeGreaterThan(0.1);
  expect(load).toBeLessThanOrEqual(1 / 9 + 1e-9);
  expect(items).toBeLessThan(movedByRendezvous(rates, 8).items);
});

test("how even loads are is said in multiples of their mean", () => {
  expect(spreadOf([1, 1, 1, 5])).toEqual({ p50: 0.5, p99: 2.5, max: 2.5 });
});

const costs: Costs = {
  appUs: 100,
  databaseUs: 200,
  storedBytes: 1_000,
  walBytes: 2_000,
  retentionDays: 10,
  databaseCores: 8,
  databaseTb: 8.64,
  walMb: 100,
  processCores: 2,
  utilization: 0.5,
};

test("the scarcest of processor, log and disk says what a database bears", () => {
  const bears = (change: Partial<Costs>) => {
    const { perSecond, boundBy } = databaseCapacity({ ...costs, ...change });
    return [Math.round(perSecond), boundBy];
  };
  expect(bears({})).toEqual([5_000, "disk"]);
  expect(bears({ databaseTb: 1_000 })).toEqual([20_000, "processor"]);
  expect(bears({ databaseTb: 1_000, walMb: 20 })).toEqual([5_000, "write-ahead log"]);
});

test("a rate needs databases by what one bears, and processes by their processors", () => {
  expect(sizeFor(100_000, costs)).toEqual({
    databases: 20,
    boundBy: "disk",
    processes: 10,
    cores: 30,
    storedTb: 86.4,
    walMb: 200,
  });
});
