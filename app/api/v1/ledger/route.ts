import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { getLedger } from "@/lib/ledger/get-ledger";

export const GET = route(operations.getLedger, ({ ctx, query }) => getLedger({ ctx, input: query }));
