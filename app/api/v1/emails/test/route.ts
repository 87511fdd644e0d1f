import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { sendTestEmail } from "@/lib/notifications/send-test-email";

export const POST = route(operations.sendTestEmail, sendTestEmail);
