import { createTestDatabase } from "@/db/testing/test-database";
import { testDeliveryJourney } from "./testing/delivery-journey";

testDeliveryJourney({
  name: "the embedded engine",
  createDatabase: createTestDatabase,
  startServer: async () => ({}),
  serveApp: () => (_request, response) => {
    response.statusCode = 404;
    response.end();
  },
});
