import { database } from "@/db/connection/database";
import { notify } from "@/db/queries/notify";
import { settings } from "../platform/env";
import type { Signal } from "../platform/signals";
import { type Heard, signalsChannel } from "./channel";

/**
 * Sends a signal to all processes that listen at the database (see `hearProcesses`). It is a separate statement,
 * outside of any transaction, because transactions that notify commit one after the other. Throws database errors.
 */
export async function signalProcesses(signal: Signal): Promise<void> {
  const heard: Heard = { ...signal, from: settings().processId };
  await notify(database().sql, { channel: signalsChannel, payload: JSON.stringify(heard) });
}
