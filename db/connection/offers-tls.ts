import net from "node:net";

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const patienceMs = 10_000;

/**
 * Asks a server whether it encrypts (PostgreSQL, 55.2.10). postgres.js does not read the answer and takes a "no" for
 * a lost connection.
 *
 * @throws the socket's error if the server cannot be reached or does not answer
 */
export function offersTls(host: string, port: number): Promise<boolean> {
  const socket = net.connect({ host, port });
  return new Promise<boolean>((resolve, reject) => {
    socket.setTimeout(patienceMs, () =>
      socket.destroy(Object.assign(new Error(`no answer from ${host}:${port}`), { code: "ETIMEDOUT" })),
    );
    socket.on("connect", () => socket.write(sslRequest));
    socket.on("data", (answer) => resolve(answer[0] !== "N".charCodeAt(0)));
    socket.on("error", reject);
    socket.on("close", () =>
      reject(Object.assign(new Error(`${host}:${port} closed the connection`), { code: "ECONNRESET" })),
    );
  }).finally(() => socket.destroy());
}
