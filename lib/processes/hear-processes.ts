import { listen } from "@/db/connection/listen";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { passOn, registerOthers, signalDue, signalEmails, signalReplays } from "../platform/signals";
import { heardSchema, signalsChannel } from "./channel";
import { signalProcesses } from "./signal-processes";

/**
 * Receives the signals of other processes, and sends them its own calls for help, by PostgreSQL's LISTEN and NOTIFY.
 * While the connection is lost, the sweep finds what they would signal; it is opened again, and then this process
 * looks at once.
 */
export function hearProcesses(): { stop(): Promise<void> } {
  const { databaseUrl, processId } = settings();
  registerOthers(signalProcesses);
  let wasListening = false;
  const listener = listen(databaseUrl, {
    channel: signalsChannel,
    onNotify: (payload) => {
      const heard = heardSchema.safeParse(parse(payload));
      if (heard.success && heard.data.from !== processId) passOn(heard.data);
    },
    onListening: () => {
      if (!wasListening) {
        wasListening = true;
        return;
      }
      log().info("signals from other processes are received again");
      signalDue();
      signalReplays();
      signalEmails();
    },
  });
  return {
    stop: async () => {
      registerOthers(null);
      await listener.close();
    },
  };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
