import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { sendTestEmail } from "@/lib/notifications/send-test-email";

export const POST = route(operations.sendTestEmail, ({ ctx }) => sendTestEmail({ ctx }));
