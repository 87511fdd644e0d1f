import { type APIResponse, expect } from "@playwright/test";
import { problem } from "@/lib/contract/shared";
import type { ErrorCode } from "@/lib/core/errors";

/** Expects an answer to be the problem of a code, whole and well-formed, and gives it. */
export async function expectProblem(answer: APIResponse, status: number, code: ErrorCode) {
  const text = await answer.text();
  expect(answer.status(), text).toBe(status);
  expect(answer.headers()["content-type"]).toBe("application/problem+json");
  const body = problem.parse(JSON.parse(text));
  expect(body).toMatchObject({ status, code });
  expect(body.type).toMatch(new RegExp(`^http.*/errors/${code.replaceAll("_", "-")}$`));
  expect(body.detail).toBeTruthy();
  expect(body.requestId).toBe(answer.headers()["x-request-id"]);
  return body;
}
