import { beforeAll, expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { problemResponse } from "./problem";

beforeAll(() => applySettings());

/** As the client of the database throws it. */
const failure = (code: string) => Object.assign(new Error("its own words"), { code });

test.each([["ECONNREFUSED"], ["CONNECT_TIMEOUT"], ["53100"], ["57P03"]])(
  "%s of the database is a 503 that says that nothing was written",
  async (code) => {
    const response = problemResponse(failure(code), "a request");
    const { detail }: { detail: string } = await response.json();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(detail).toContain("nothing was written");
    expect(detail).not.toContain("its own words");
  },
);

test.each([["ECONNRESET"], ["CONNECTION_CLOSED"], ["57P01"], ["57P02"]])(
  "%s may have come after the commit: the 503 does not say that nothing was written",
  async (code) => {
    const response = problemResponse(failure(code), "a request");
    const { detail }: { detail: string } = await response.json();
    expect(response.status).toBe(503);
    expect(detail).toContain("not known");
    expect(detail).not.toContain("nothing was written");
  },
);

test("any other error is a 500 without its text", async () => {
  const response = problemResponse(new Error("its own words"), "a request");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("its own words");
});
