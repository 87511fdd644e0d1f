import { expectTypeOf, test } from "vitest";
import type { EndpointOutput } from "../contract/endpoints";
import { callApi } from "./call-api";

test("the compiler holds each call to its operation", () => {
  const workspace = "main";
  const params = { id: "ep_1" };
  expectTypeOf(callApi<"GET /endpoints/{id}">).returns.resolves.toEqualTypeOf<EndpointOutput>();
  const _wrong = [
    // @ts-expect-error there is no such operation
    () => callApi("POST /endpoints/{id}", { workspace, params, body: {} }),
    // @ts-expect-error the path has a parameter
    () => callApi("GET /endpoints/{id}", { workspace }),
    // @ts-expect-error of another name
    () => callApi("GET /event-types/{name}", { workspace, params }),
    // @ts-expect-error its input is a body
    () => callApi("POST /endpoints/{id}/enable", { workspace, params }),
    // @ts-expect-error with other fields
    () => callApi("POST /endpoints/{id}/enable", { workspace, params, body: { held: "lost" } }),
    // @ts-expect-error its input is a query
    () => callApi("GET /events", { workspace, body: {} }),
    // @ts-expect-error it has no version
    () => callApi("GET /endpoints/{id}", { workspace, params, version: "1" }),
  ];
});
