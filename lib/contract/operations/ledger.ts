import { ledgerOutput, ledgerQuery } from "../ledger";
import { operationsOf } from "./operation";

export const ledgerOperations = operationsOf(
  { tag: "Ledger", reads: "events:read", changes: "events:write" },
  {
    getLedger: {
      route: "GET /ledger",
      summary: "Get what became of what was accepted, and what the checks found",
      query: ledgerQuery,
      output: ledgerOutput,
    },
  },
);
