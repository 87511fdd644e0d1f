import { expect, test } from "vitest";
import * as transitions from "@/app/api/v1/endpoints/[id]/transitions/route";
import type { TransitionOutput } from "../contract/endpoints";
import type { Page } from "../contract/shared";
import { call, expectDone, startTestApi } from "../testing/api";
import { disableEndpoint } from "./disable-endpoint";
import { enableEndpoint } from "./enable-endpoint";

const { ctx, key, addEndpoint } = await startTestApi();

test("what happened to a webhook is listed newest first, in pages that follow each other", async () => {
  const { id } = await addEndpoint();
  await disableEndpoint({ ctx, id, input: { keepEvents: true } });
  await enableEndpoint({ ctx, id, input: { held: "replay" } });
  const list = (query: string) =>
    call<Page<TransitionOutput>>(transitions, "GET", `/endpoints/${id}/transitions?${query}`, { as: key });
  const first = await list("limit=1");
  expectDone(first);
  expect(first.body).toEqual({
    data: [
      {
        id: expect.stringMatching(/^trn_/),
        kind: "enabled",
        consecutiveFailures: 0,
        httpStatus: null,
        error: null,
        reason: "by Posthorn",
        cause: { kind: "system", actorName: "Posthorn" },
        createdAt: expect.any(String),
      },
    ],
    nextCursor: first.body.data[0]?.id,
  });
  const second = await list(`limit=1&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ data: [{ kind: "disabled" }], nextCursor: null });
});
