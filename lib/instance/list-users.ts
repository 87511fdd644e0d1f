import type { z } from "zod";
import { findUsers } from "@/db/queries/instance-people";
import type { instanceUsersOutput } from "../contract/instance";
import { pageQuery } from "../contract/shared";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { pageFrom } from "../verbs/page";
import { type PersonContext, requireOperator } from "./context";

/** All users with an account, newest first. */
export async function listUsers({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof pageQuery>;
}): Promise<z.input<typeof instanceUsersOutput>> {
  await requireOperator(ctx);
  return pageFrom("user", parseInput(pageQuery, input), async (page) => {
    const rows = await findUsers(ctx.db, page);
    return rows.map(({ disabledAt, ...row }) => ({
      ...row,
      id: toPublicId("user", row.id),
      isYou: row.id === ctx.user.id,
      disabled: disabledAt !== null,
      createdAt: row.createdAt.toISOString(),
    }));
  });
}
