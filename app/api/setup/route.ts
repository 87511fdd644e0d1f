import { handleSetup } from "@/lib/http/setup-api";

export const POST = handleSetup;
