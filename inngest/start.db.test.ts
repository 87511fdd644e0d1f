import { testDeliveryJourney } from "./testing/delivery-journey";

testDeliveryJourney({
  name: "the embedded engine",
  startServer: async () => ({}),
  serveApp: () => (_request, response) => {
    response.statusCode = 404;
    response.end();
  },
});
