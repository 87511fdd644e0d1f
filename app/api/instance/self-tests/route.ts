import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { listSelfTests } from "@/lib/self-test/list-self-tests";
import { startSelfTest } from "@/lib/self-test/start-self-test";

export const GET = operatorApi.route(operatorOperations.listSelfTests, listSelfTests);
export const POST = operatorApi.route(operatorOperations.startSelfTest, startSelfTest);
