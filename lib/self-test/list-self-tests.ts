import { findSelfTests } from "@/db/queries/self-tests";
import type { SelfTestsOutput } from "../contract/self-tests";
import { type PersonContext, requireOperator } from "../instance/context";
import { presentSelfTest } from "./present-self-test";

const listed = 20;

/** The last 20 self-tests of the instance, newest first. */
export async function listSelfTests({ ctx }: { ctx: PersonContext }): Promise<SelfTestsOutput> {
  await requireOperator(ctx);
  return { data: (await findSelfTests(ctx.db, listed)).map(presentSelfTest) };
}
