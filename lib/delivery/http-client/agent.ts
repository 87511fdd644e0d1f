import type { Socket } from "node:net";
import type { PrivateTargets } from "../../core/delivery-limits";
import {
  type ConnectionTarget,
  type ConnectorOptions,
  guardedConnector,
} from "../address-guard/guarded-connector";
import { AttemptFailure } from "../attempt-failure";
import { Connection } from "./connection";
import type { ExchangeTrace, Peer } from "./exchange-trace";
import { keepMs } from "./keep-ms";
import type { HttpResponse } from "./response-reader";
import type { RequestText } from "./write-request";

type Kept = { connection: Connection; untilMs: number };

/** How often kept connections are checked for expiry. */
const closeIdleEachMs = 1_000;

/**
 * The HTTP client of deliveries, bound to what it may connect to: a kept connection was opened under the same rule
 * that later attempts are checked by. It follows no redirects and decompresses nothing.
 */
export class DeliveryAgent {
  readonly targets: PrivateTargets;
  private readonly connect: ReturnType<typeof guardedConnector>;
  private readonly open = new Set<Connection>();
  /** By origin, the most recently used last: it is the least likely to have been closed meanwhile. */
  private readonly kept = new Map<string, Kept[]>();
  private readonly closeIdle = setInterval(() => this.closeExpired(), closeIdleEachMs).unref();
  private destroyed = false;
  private atNextTurn: (() => void)[] = [];

  constructor(options: ConnectorOptions) {
    this.targets = options.targets;
    this.connect = guardedConnector(options);
  }

  /**
   * Sends a request and returns the response, on a kept connection if there is one. If the receiver closes that
   * connection while it is reused, the request is sent once more on a new one, within the same time.
   *
   * @param request with its head (see `writeRequest`)
   * @param trace records the phases of the exchange and its peer
   * @throws AttemptFailure, or the socket's error
   */
  exchange(
    target: ConnectionTarget,
    request: RequestText,
    timeoutMs: number,
    trace: ExchangeTrace,
  ): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      let connection: Connection | undefined;
      let over = false;
      const end = (settle: () => void) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        settle();
      };
      const fail = (error: unknown) => end(() => reject(error));
      const timer = setTimeout(() => {
        const error = new AttemptFailure("timeout", `No complete response within ${timeoutMs / 1000} s`);
        fail(error);
        void connection?.destroy(error);
      }, timeoutMs);
      const dial = () =>
        this.connect(target, trace, (error, socket) => {
          if (error) return fail(error);
          if (over || this.destroyed) {
            socket.destroy();
            return fail(closed());
          }
          sendOn(this.add(socket, target.origin, trace.peer));
        });
      const sendOn = (free: Connection) => {
        connection = free;
        free.send(request, trace, (outcome) => {
          if ("response" in outcome) end(() => resolve(outcome.response));
          else if (outcome.unanswered && !over) dial();
          else fail(outcome.error);
        });
      };
      connection = this.takeKept(target.origin);
      const kept = connection;
      if (!kept) return dial();
      // By the next turn of the event loop it is known whether it was closed, or sent unsolicited data.
      this.nextTurn(() => {
        if (over) return;
        if (kept.isOpen) {
          trace.peer = kept.peer;
          trace.begin("wait");
          sendOn(kept);
        } else dial();
      });
    });
  }

  /** Closes all connections; those in use are cut. Resolves when they are closed. */
  async destroy(): Promise<void> {
    this.destroyed = true;
    clearInterval(this.closeIdle);
    this.kept.clear();
    await Promise.all([...this.open].map((connection) => connection.destroy(closed())));
  }

  /** Runs a function in the next turn of the event loop, together with all others that were added in this one. */
  private nextTurn(run: () => void): void {
    this.atNextTurn.push(run);
    if (this.atNextTurn.length > 1) return;
    setImmediate(() => {
      const all = this.atNextTurn;
      this.atNextTurn = [];
      for (const one of all) one();
    });
  }

  private add(socket: Socket, origin: string, peer: Peer): Connection {
    const connection = new Connection(socket, peer, {
      free: (free, response) => this.keep(origin, free, keepMs(response.headers["keep-alive"])),
      closed: (gone) => this.open.delete(gone),
    });
    this.open.add(connection);
    return connection;
  }

  private keep(origin: string, connection: Connection, ms: number): void {
    if (ms <= 0) return void connection.destroy(closed());
    const kept = { connection, untilMs: performance.now() + ms };
    const others = this.kept.get(origin);
    if (others) others.push(kept);
    else this.kept.set(origin, [kept]);
  }

  private takeKept(origin: string): Connection | undefined {
    const all = this.kept.get(origin);
    for (let last = all?.pop(); last; last = all?.pop()) {
      if (last.untilMs > performance.now() && last.connection.isOpen) return last.connection;
      void last.connection.destroy(closed());
    }
  }

  private closeExpired(): void {
    const now = performance.now();
    for (const [origin, all] of this.kept) {
      const fresh: Kept[] = [];
      for (const kept of all) {
        if (kept.untilMs > now && kept.connection.isOpen) {
          kept.connection.rest();
          fresh.push(kept);
        } else void kept.connection.destroy(closed());
      }
      if (fresh.length > 0) this.kept.set(origin, fresh);
      else this.kept.delete(origin);
    }
  }
}

const closed = () => new AttemptFailure("connection_reset", "Posthorn closed the connection");

const holder = globalThis as { posthornAgent?: DeliveryAgent };

/** The process's client. */
export function agent(targets: PrivateTargets): DeliveryAgent {
  if (holder.posthornAgent?.targets !== targets) {
    void holder.posthornAgent?.destroy();
    holder.posthornAgent = new DeliveryAgent({ targets });
  }
  return holder.posthornAgent;
}

/** Closes all connections; those in use are cut. */
export async function closeAgent(): Promise<void> {
  const open = holder.posthornAgent;
  delete holder.posthornAgent;
  await open?.destroy();
}
