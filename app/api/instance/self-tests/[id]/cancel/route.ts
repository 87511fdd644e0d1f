import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { cancelSelfTest } from "@/lib/self-test/cancel-self-test";

export const POST = operatorApi.route(operatorOperations.cancelSelfTest, cancelSelfTest);
