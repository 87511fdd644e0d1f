import { ledgerOutput, ledgerQuery } from "../ledger";
import { operationsOf } from "./operation";

export const ledgerOperations = operationsOf(
  { tag: "Ledger", reads: "events:read", changes: "events:write" },
  {
    getLedger: {
      route: "GET /ledger",
      summary: "Get the ledger: what happened to accepted events, and what the checks found",
      query: ledgerQuery,
      output: ledgerOutput,
    },
  },
);
