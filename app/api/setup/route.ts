import { handleSetup } from "@/lib/setup/handle-setup";

export const POST = handleSetup;
