import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { findWorkspacesToRemove, finishRemoval, removals } from "@/db/queries/remove-workspace";
import { ruleNames } from "../core/audit";
import { writeAudit } from "../verbs/write-audit";

/** How long a run lasts; the next one continues. */
const runMs = 20_000;
/** A pause between two statements, for others that wait for the disk. */
const pauseMs = 25;
const rule = { type: "rule", id: null, name: ruleNames.removal } as const;

/**
 * Deletes the rows of deleted workspaces, 2,000 at a time, so that others hardly notice. It can be stopped at any
 * time, and continues where it stopped.
 *
 * @returns how many workspaces have no rows left
 */
export async function removeDeleted(): Promise<number> {
  const { db, sql } = database();
  const until = Date.now() + runMs;
  let removed = 0;
  for (const id of await findWorkspacesToRemove(db)) {
    for (const remove of removals(sql, id)) {
      while (await remove()) {
        if (Date.now() > until) return removed;
        await sleep(pauseMs);
      }
    }
    await db.transaction(async (tx) => {
      const name = await finishRemoval(tx, id);
      await writeAudit(tx, { workspaceId: null, actor: rule }, "workspace.remove", {
        targetId: id,
        targetName: name,
      });
    });
    removed += 1;
  }
  return removed;
}
