import { operations } from "@/lib/contract/operations";
import { testEndpoint } from "@/lib/endpoints/test-endpoint";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.testEndpoint, testEndpoint);
