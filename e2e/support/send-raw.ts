import net from "node:net";
import { text } from "node:stream/consumers";

/** An answer as it came over the connection. */
export type RawAnswer = { status: number; headers: Map<string, string>; body: string };

/**
 * Sends bytes as they are to a port of this machine, which no HTTP client would, and reads until the other end closes.
 *
 * @param lines of a request without a body; `Connection: close` must be among them if it is well-formed
 */
export async function sendRaw(port: number, lines: readonly string[]): Promise<RawAnswer> {
  const socket = net.connect(port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  const [head = "", body = ""] = (await text(socket)).split(/\r\n\r\n(.*)/s);
  const [first = "", ...fields] = head.split("\r\n");
  return {
    status: Number(first.split(" ")[1]),
    headers: new Map(
      fields.map((field) => {
        const at = field.indexOf(":");
        return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()] as const;
      }),
    ),
    body,
  };
}
