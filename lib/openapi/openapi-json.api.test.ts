import { expect, test } from "vitest";
import * as openapi from "@/app/api/openapi.json/route";
import { operations } from "../contract/operations";
import { applySettings } from "../testing/apply-settings";

test("the document names every operation and no other, for any origin", async () => {
  applySettings();
  const answer = openapi.GET();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  const document: { openapi: string; paths: Record<string, object> } = await answer.json();
  expect(document.openapi).toBe("3.1.0");
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const expected = Object.values(operations).map(({ method, path }) => `${method} ${path}`);
  expect(documented.toSorted()).toEqual(expected.toSorted());
});
