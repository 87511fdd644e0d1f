import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { GET, POST, PUT } from "@/app/api/inngest/route";
import { applySettings } from "@/lib/testing/apply-settings";

test("without an Inngest server there is nothing that it could call", async () => {
  applySettings();
  const request = new NextRequest("http://localhost:3000/api/inngest?fnId=deliver-due");
  for (const handler of [GET, POST, PUT]) {
    const answer = await handler(request);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found" });
  }
});
