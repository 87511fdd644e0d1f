import type { Socket } from "node:net";
import type { ExchangeTrace, Peer } from "./exchange-trace";
import { type HttpResponse, ResponseReader } from "./response-reader";
import type { RequestText } from "./write-request";

/**
 * How an exchange ended. `unanswered`: without a byte of an answer, on a reused connection. The receiver closed it
 * while it was reused, so the request may be sent once more (RFC 9112, section 9.3.1).
 */
export type Outcome = { response: HttpResponse } | { error: unknown; unanswered: boolean };

/** A connection to a receiver, which serves one request at a time. */
export class Connection {
  private reader: ResponseReader | null = null;
  private finish: ((outcome: Outcome) => void) | null = null;
  private hasServed = false;
  private resting = false;
  private trace: ExchangeTrace | null = null;
  private readonly closed: Promise<void>;

  constructor(
    private readonly socket: Socket,
    readonly peer: Peer,
    private readonly on: {
      /** It may be kept for another request to the same origin. */
      free: (connection: Connection, response: HttpResponse) => void;
      closed: (connection: Connection) => void;
    },
  ) {
    socket.on("data", (chunk: Buffer) => this.read(chunk));
    socket.on("end", () => this.ended(null));
    socket.on("error", (error) => this.ended(error));
    this.closed = new Promise((resolve) => {
      socket.on("close", () => {
        this.ended(null);
        this.on.closed(this);
        resolve();
      });
    });
  }

  get isOpen(): boolean {
    return this.socket.readable && this.socket.writable;
  }

  /** Sends a request while no other one is under way. `finish` is called once. */
  send({ text, encoding }: RequestText, trace: ExchangeTrace, finish: (outcome: Outcome) => void): void {
    this.trace = trace;
    this.reader = new ResponseReader();
    this.finish = finish;
    if (this.resting) this.socket.ref();
    this.resting = false;
    this.socket.write(text, encoding);
  }

  /**
   * Without a request it no longer keeps the process from exiting. Doing this after each request would slow all of
   * them.
   */
  rest(): void {
    if (!this.resting) this.socket.unref();
    this.resting = true;
  }

  /** Closes it at once; a request under way ends with that error. Resolves when it is closed. */
  destroy(error: Error): Promise<void> {
    this.settle({ error, unanswered: false });
    this.socket.destroy();
    return this.closed;
  }

  private read(chunk: Buffer): void {
    const { reader } = this;
    // Unsolicited data would be taken as the response to the next request.
    if (!reader) return void this.socket.destroy();
    if (!reader.started) this.trace?.begin("read");
    try {
      if (reader.push(chunk)) this.complete(reader);
    } catch (error) {
      this.fail(error);
    }
  }

  private ended(error: Error | null): void {
    const { reader } = this;
    if (!reader) return void this.socket.destroy();
    try {
      if (error && !(reader.endsWithConnection && isReset(error))) throw error;
      reader.end();
      this.complete(reader);
    } catch (fault) {
      this.fail(fault);
    }
  }

  private complete(reader: ResponseReader): void {
    const { response } = reader;
    this.hasServed = true;
    this.settle({ response });
    // If a request is answered before it is fully sent, its rest would run into the next one.
    if (reader.reusable && this.isOpen && this.socket.writableLength === 0) {
      this.on.free(this, response);
    } else this.socket.destroy();
  }

  private fail(error: unknown): void {
    const unanswered = this.hasServed && this.reader?.started === false;
    this.settle({ error, unanswered });
    this.socket.destroy();
  }

  private settle(outcome: Outcome): void {
    const { finish } = this;
    this.reader = null;
    this.finish = null;
    finish?.(outcome);
  }
}

/** A receiver that closes with unread bytes resets the connection after its answer. */
function isReset(error: Error): boolean {
  return "code" in error && error.code === "ECONNRESET";
}
