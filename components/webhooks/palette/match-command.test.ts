import { expect, test } from "vitest";
import { matchCommand } from "./match-command";

const members = ["people", "invitations", "roles", "settings"];

test("each word has to be in the name or the other words", () => {
  expect(matchCommand("Members", "mem", members)).toBe(1);
  expect(matchCommand("Members", "INVIT", members)).toBeGreaterThan(0);
  expect(matchCommand("Send test event", "event test")).toBeGreaterThan(0);
  expect(matchCommand("Members", "billing", members)).toBe(0);
  expect(matchCommand("Members", "mem xyz", members)).toBe(0);
});

test("what begins with it comes before what only has it", () => {
  const scores = [
    matchCommand("Published events", "publ"),
    matchCommand("ep_1", "publ", ["My publisher"]),
    matchCommand("ep_2", "ubl", ["My publisher"]),
  ];
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(3);
});
