import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";

/** A way over TCP to a server that has a socket in the file system, as from another machine; it can be shut and opened. */
export type TcpFront = {
  /** Takes a port of 127.0.0.1, the same one each time, and gives the URL of the database there. */
  open(): Promise<string>;
  /** Cuts all connections, and refuses new ones. */
  shut(): Promise<void>;
};

/** Makes one that is shut; `port` is where it will be. */
export function tcpFront(url: string, port = 0): TcpFront {
  const { login } = parseDatabaseUrl(url);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const target = login.path ? net.connect(login.path) : net.connect(login.port[0] ?? 5432);
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
    client.pipe(target).pipe(client);
  });
  const { user = "", password = "", database = "" } = login;
  return {
    open: async () => {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      ({ port } = server.address() as AddressInfo);
      return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
    },
    shut: async () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}
