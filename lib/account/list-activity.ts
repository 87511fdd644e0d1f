import { findUserActivity, type UserActivityRow } from "@/db/queries/user-activity";
import type { ActivityOutput } from "../contract/account";
import { pageQuery } from "../contract/shared";
import { accountActions } from "../core/account";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { pageFrom } from "../verbs/page";
import type { PersonContext } from "./context";
import { describeDevice } from "./describe-device";

/** What happened to a person's account, newest first. */
export async function listActivity({ ctx, input }: { ctx: PersonContext; input: Input<typeof pageQuery> }) {
  const query = parseInput(pageQuery, input);
  return pageFrom("activity", query, async ({ limit, before }) => {
    const rows = await findUserActivity(ctx.db, { userId: ctx.user.id, limit, before });
    return rows.flatMap(present);
  });
}

function present(row: UserActivityRow): ActivityOutput[] {
  const action = accountActions.find((one) => one === row.action);
  if (!action) return [];
  const { to, provider, method } = row.details;
  const detail = [to, provider, method].find((one) => typeof one === "string");
  return [
    {
      id: toPublicId("activity", row.id),
      action,
      detail: typeof detail === "string" ? detail : null,
      device: row.userAgent && describeDevice(row.userAgent),
      network: row.network,
      createdAt: row.createdAt.toISOString(),
    },
  ];
}
