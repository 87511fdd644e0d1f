import { createLoader, createSerializer } from "nuqs/server";
import { expect, test } from "vitest";
import { hasFilters, logParams, noFilters, toDeliveriesFilter } from "./log-params";

const read = createLoader(logParams);
const write = createSerializer(logParams);

test("a log without filters shows everything but tests", () => {
  const params = read("");
  expect(hasFilters(params)).toBe(false);
  expect(toDeliveriesFilter(params)).toEqual({ tests: "0" });
});

test("what the address says is what the API is asked for", () => {
  const params = read(
    "?status=held,failed&type=invoice.paid&response=4xx,404&cause=timeout&webhook=ep_1,ep_2&attempts=3&q=%20evt_1%20&tests=true" +
      "&from=2026-11-20T12:00:00.000Z&to=2026-11-20T13:00:00.000Z",
  );
  expect(hasFilters(params)).toBe(true);
  expect(toDeliveriesFilter(params)).toEqual({
    endpointId: ["ep_1", "ep_2"],
    status: ["held", "failed"],
    type: ["invoice.paid"],
    httpStatus: ["4xx", "404"],
    error: ["timeout"],
    attemptsMin: 3,
    from: "2026-11-20T12:00:00.000Z",
    to: "2026-11-20T13:00:00.000Z",
    q: "evt_1",
    tests: "1",
  });
});

test("in the log of one webhook the others can't be asked for", () => {
  expect(toDeliveriesFilter(read("?webhook=ep_2"), "ep_1").endpointId).toEqual(["ep_1"]);
});

test.each(["2xx", "none", "404", "599"])("%s is a response to look for", (response) => {
  expect(read({ response }).response).toEqual([response]);
});

test.each(["6xx", "99", "600", "4040", "ok"])(
  "%s is ignored, and the rest of the address still applies",
  (response) => {
    const params = read({ response: `${response},500`, status: "lost,failed" });
    expect(params.response).toEqual(["500"]);
    expect(params.status).toEqual(["failed"]);
  },
);

test("clearing the filters leaves tests shown, and nothing else in the address", () => {
  const full = read(
    "?status=held&type=a&response=none&cause=timeout&webhook=ep_1&q=x&from=2026-11-20T12:00:00Z",
  );
  expect(write({ ...full, tests: true, ...noFilters })).toBe("?tests=true");
});
