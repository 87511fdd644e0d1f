import { expect, test } from "vitest";
import { withoutConnectionHeaders } from "./without-connection-headers";

test("the log keeps what a response says, and not what holds for its connection alone", () => {
  const said = { date: "Tue, 24 Nov 2026 10:00:00 GMT", "retry-after": "5", "content-length": "2" };
  const headers = {
    connection: "keep-alive",
    ...said,
    "keep-alive": "timeout=5",
    "transfer-encoding": "chunked",
  };
  expect(withoutConnectionHeaders(headers)).toEqual(said);
});
