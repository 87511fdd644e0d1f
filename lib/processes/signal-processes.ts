import { database } from "@/db/connection/database";
import { notify } from "@/db/queries/notify";
import { settings } from "../platform/env";
import type { Signal } from "../platform/signals";
import { type Heard, signalsChannel } from "./channel";

/**
 * Sends a signal to all processes that listen at the database (see `hearProcesses`). A statement of its own, outside of
 * any transaction, because those that notify commit one after the other. Throws what the database says.
 */
export async function signalProcesses(signal: Signal): Promise<void> {
  const heard: Heard = { ...signal, from: settings().processId };
  await notify(database().sql, { channel: signalsChannel, payload: JSON.stringify(heard) });
}
