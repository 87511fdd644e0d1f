import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getEmail } from "@/lib/notifications/get-email";

export const GET = route(operations.getEmail, getEmail);
