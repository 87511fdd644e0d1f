import { serve } from "inngest/node";
import { describe } from "vitest";
import { createTestDatabase } from "@/db/testing/test-database";
import { inngest } from "./client";
import { createFunctions } from "./functions";
import { testDeliveryJourney } from "./testing/delivery-journey";
import { testServer } from "./testing/test-server-settings";

describe.skipIf(!testServer)("a process that has INNGEST_* set", () => {
  testDeliveryJourney({
    name: "an Inngest server",
    createDatabase: createTestDatabase,
    environment: {
      INNGEST_BASE_URL: testServer?.baseUrl ?? "",
      INNGEST_EVENT_KEY: testServer?.eventKey ?? "",
      INNGEST_SIGNING_KEY: testServer?.signingKey ?? "",
    },
    serveApp: () => serve({ client: inngest(), functions: createFunctions(inngest()) }),
  });
});
