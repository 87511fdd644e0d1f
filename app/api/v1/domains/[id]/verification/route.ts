import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { sendVerification } from "@/lib/members/send-verification";

export const POST = route(operations.sendVerification, sendVerification);
