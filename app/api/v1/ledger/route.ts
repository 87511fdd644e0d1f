import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getLedger } from "@/lib/ledger/get-ledger";

export const GET = route(operations.getLedger, getLedger);
