import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** An email as it came over the wire. */
export type ReceivedEmail = {
  from: string;
  recipients: string[];
  /** Each header's value, unfolded, by its name in lower case. */
  headers: Map<string, string>;
  raw: string;
};

/** A real SMTP server on a port of its own, which wants user and password. */
export type TestSmtpServer = {
  url: string;
  emails: ReceivedEmail[];
  /** Says no to what is sent from now on, with this code; `null`: takes it again. */
  refuse(code: number | null): void;
  close(): Promise<void>;
};

export async function startSmtpServer(): Promise<TestSmtpServer> {
  const emails: ReceivedEmail[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, callback) => {
      if (username === "posthorn" && password === "p@ss:word") return callback(null, { user: username });
      callback(new Error("no such user"));
    },
    onMailFrom: (_address, _session, callback) => {
      if (refusal === null) return callback();
      callback(Object.assign(new Error("not now"), { responseCode: refusal }));
    },
    onData: (stream, { envelope }, callback) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString("utf8");
        emails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          recipients: envelope.rcptTo.map(({ address }) => address),
          headers: headersOf(raw),
          raw,
        });
        callback();
      });
    },
  });
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    url: `smtp://posthorn:p%40ss%3Aword@127.0.0.1:${port}`,
    emails,
    refuse: (code) => {
      refusal = code;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function headersOf(raw: string): Map<string, string> {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  return new Map(
    lines.map((line) => {
      const [name = "", ...value] = line.split(":");
      return [name.toLowerCase(), value.join(":").trim()];
    }),
  );
}
