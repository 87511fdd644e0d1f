import { expect, test } from "vitest";
import { exampleText, schemaText } from "./check-texts";

test("a schema over 64 KiB is refused before any of it is judged", async () => {
  const schema = { description: "x".repeat(64 * 1024) };
  await expect(schemaText("ws", schema)).rejects.toMatchObject({
    code: "validation_failed",
    extra: { errors: [{ path: "schema", message: "must be at most 64 KiB as JSON" }] },
  });
});

test("an example over 256 KiB is refused", () => {
  expect(() => exampleText({ text: "x".repeat(256 * 1024) })).toThrow(
    "example: must be at most 256 KiB as JSON",
  );
});
