import { database } from "@/db/connection/database";
import { type CreateEndpointInput, createEndpointInput, type EndpointOutput } from "../contract/endpoints";
import { publishInput } from "../contract/events";
import { createEndpoint } from "../endpoints/create-endpoint";
import { publishEvents } from "../events/publish-events";
import { setUp } from "../setup/set-up";
import { type Context, systemActor } from "../verbs/context";
import { createTestInstance } from "./test-instance";

export type TestWorkspace = {
  ctx: Context;
  addEndpoint(input?: Partial<CreateEndpointInput>): Promise<EndpointOutput>;
  publish(input: object | object[]): Promise<{ id: string; type: string; deliveries: number }[]>;
  close(): Promise<void>;
};

/**
 * A workspace on a database of its own, for a test file of the project `database`: settings, schema, owner, and the
 * verbs the product itself uses. Close it when the file is done.
 */
export async function createTestWorkspace(environment: Record<string, string> = {}): Promise<TestWorkspace> {
  const instance = await createTestInstance(environment);
  const { workspace } = await setUp({
    name: "Ana",
    email: "ana@example.com",
    password: "a long password",
    workspace: "Main",
    sampleCatalogue: true,
  });
  const ctx: Context = { workspace, actor: systemActor, db: database().db };
  return {
    ctx,
    addEndpoint: (input = {}) =>
      createEndpoint({ ctx, input: createEndpointInput.parse({ url: "http://127.0.0.1:9/hook", ...input }) }),
    publish: (input) =>
      publishEvents({
        ctx,
        path: "events.",
        input: [input].flat().map((event) => publishInput.parse(event)),
      }),
    close: instance.close,
  };
}
