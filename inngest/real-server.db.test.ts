import { serve } from "inngest/node";
import { describe, onTestFinished } from "vitest";
import { inngest } from "./client";
import { createFunctions } from "./functions";
import { testDeliveryJourney } from "./testing/delivery-journey";
import { hasInngestServer, startInngestServer } from "./testing/start-inngest-server";

describe.skipIf(!hasInngestServer)("a process that has INNGEST_* set", () => {
  testDeliveryJourney({
    name: "an Inngest server",
    startServer: async () => {
      const server = await startInngestServer();
      onTestFinished(server.end);
      return server.environment;
    },
    serveApp: () => serve({ client: inngest(), functions: createFunctions(inngest()) }),
  });
});
