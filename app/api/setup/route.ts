import { handleSetup } from "@/lib/http/handle-setup";

export const POST = handleSetup;
