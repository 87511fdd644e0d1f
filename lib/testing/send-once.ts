import { classify } from "../delivery/classify";
import { send } from "../delivery/send";

/** Sends a request and says what came of it, as an attempt does. */
export async function sendOnce({
  agent,
  timeoutMs,
  ...request
}: Parameters<typeof send>[0] & Parameters<typeof send>[1]) {
  return classify(await send(request, { agent, timeoutMs }), request.url);
}
