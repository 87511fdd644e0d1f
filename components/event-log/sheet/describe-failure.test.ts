import { expect, test } from "vitest";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { describeFailure } from "./describe-failure";

const attempt = { httpStatus: null, error: null, errorDetail: null };

test.each([200, 204, 299])("%d is no failure", (httpStatus) => {
  expect(describeFailure({ ...attempt, httpStatus })).toBeNull();
});

test("a status is named, with what to do about it", () => {
  expect(describeFailure({ ...attempt, httpStatus: 404 })).toEqual({
    title: "The webhook answered 404 Not Found",
    advice: "Nothing is at that path. Check the webhook's URL.",
    detail: null,
  });
  expect(describeFailure({ ...attempt, httpStatus: 300 })).not.toBeNull();
});

test("where a redirect leads is said once, in the advice", () => {
  const errorDetail = "It redirects to https://example.com/new, and redirects are not followed";
  expect(describeFailure({ ...attempt, httpStatus: 302, errorDetail })).toEqual({
    title: "The webhook answered 302 Found",
    advice: `${errorDetail}. Set the webhook's URL to the final address.`,
    detail: null,
  });
  for (const httpStatus of [300, 301, 302, 303, 305, 307, 308])
    expect(describeFailure({ ...attempt, httpStatus, errorDetail })?.advice).toContain(`${errorDetail}. `);
});

test("an error is explained, with the system's message beside it", () => {
  expect(describeFailure({ ...attempt, error: "connection_refused", errorDetail: "ECONNREFUSED" })).toEqual({
    ...attemptErrorTexts.connection_refused,
    detail: "ECONNREFUSED",
  });
});

test("an error whose detail is the cause in a sentence is explained by that", () => {
  const errorDetail = "The certificate ended on 3 May 2026.";
  expect(describeFailure({ ...attempt, error: "tls_error", errorDetail })).toEqual({
    title: errorDetail,
    advice: attemptErrorTexts.tls_error.advice,
    detail: null,
  });
  expect(describeFailure({ ...attempt, error: "tls_error" })?.title).toBe(attemptErrorTexts.tls_error.title);
});
