import { headBytesMax, keptHeaderBytesMax, responseBytesMax } from "../../core/delivery-limits";
import { AttemptFailure } from "../attempt-failure";
import { bodyFraming } from "./body-framing";
import { HeaderFields } from "./header-fields";
import { invalidResponse } from "./invalid-response";
import { readStatusLine } from "./read-status-line";

export type HttpResponse = {
  status: number;
  /** By lower-cased name, repeated ones joined by commas; up to 16 KiB of them. */
  headers: Record<string, string>;
  /** Up to 64 KiB. */
  body: Buffer;
  /** Whether the body was longer. */
  truncated: boolean;
};

type Place =
  | "status"
  | "headers"
  | "body"
  | "untilClose"
  | "chunkSize"
  | "chunk"
  | "chunkEnd"
  | "trailers"
  | "end";

const chunkSizeBytesMax = 16 * 1024;
/** A body that arrives byte by byte is not kept as that many buffers. */
const piecesMax = 256;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads one response (RFC 9112) from the bytes of its connection, and accepts what curl accepts: any number of
 * interim responses, lines that end in LF only, folded headers, odd names and values, no reason phrase, HTTP/1.0. If
 * a response were not accepted, its delivery would be sent again and again, although the receiver had accepted it.
 * HTTP libraries refuse some of this.
 */
export class ResponseReader {
  private place: Place = "status";
  private line = "";
  private headBytes = 0;
  private status = 0;
  private interim = false;
  private keepsAlive = false;
  private fields = new HeaderFields();
  /** Bytes left of the body, or of the present chunk. */
  private bytesLeft = 0;
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private truncated = false;

  /** Whether any byte of an answer arrived. */
  started = false;
  /** Once it has ended: whether the connection may serve another request. */
  reusable = false;

  /**
   * Reads the next bytes.
   *
   * @returns whether the response has ended, or is longer than the limit
   * @throws AttemptFailure `invalid_response`
   */
  push(chunk: Buffer): boolean {
    this.started = true;
    let at = 0;
    while (at < chunk.length && this.place !== "end") at = this.take(chunk, at);
    if (this.place !== "end") return false;
    if (at < chunk.length) this.reusable = false;
    return true;
  }

  /**
   * The connection has ended.
   *
   * @throws AttemptFailure if the response is incomplete
   */
  end(): void {
    // As in curl: a head may end with the connection, after a complete line.
    if (this.place === "headers" && this.line === "" && !this.interim) this.endHead();
    if (this.place === "untilClose" || this.place === "end") return;
    if (this.interim)
      throw new AttemptFailure("invalid_response", "The connection ended after an interim response (1xx)");
    throw new AttemptFailure(
      "connection_reset",
      this.started
        ? "The connection ended in the middle of the response"
        : "The connection ended without a response",
    );
  }

  /** Whether only the end of the connection ends the body. */
  get endsWithConnection(): boolean {
    return this.place === "untilClose";
  }

  get response(): HttpResponse {
    const [first] = this.kept;
    return {
      status: this.status,
      headers: this.headBytes > keptHeaderBytesMax ? this.fields.bounded() : this.fields.values,
      body: first && this.kept.length === 1 ? first : Buffer.concat(this.kept),
      truncated: this.truncated,
    };
  }

  /** @returns how far the chunk is read */
  private take(chunk: Buffer, at: number): number {
    switch (this.place) {
      case "untilClose":
        this.keep(chunk.subarray(at));
        return chunk.length;
      case "body":
      case "chunk": {
        const end = Math.min(chunk.length, at + this.bytesLeft);
        this.bytesLeft -= end - at;
        this.keep(chunk.subarray(at, end));
        if (this.bytesLeft === 0 && !this.truncated) this.place = this.place === "chunk" ? "chunkEnd" : "end";
        return end;
      }
      case "chunkEnd":
        if (chunk[at] === lineFeed) this.place = "chunkSize";
        else if (chunk[at] !== carriageReturn)
          throw invalidResponse("A chunk is not followed by a line break");
        return at + 1;
      default:
        return this.takeLine(chunk, at);
    }
  }

  private takeLine(chunk: Buffer, at: number): number {
    const feed = chunk.indexOf(lineFeed, at);
    const end = feed < 0 ? chunk.length : feed;
    this.line += chunk.toString("latin1", at, end);
    if (this.place === "chunkSize") {
      if (this.line.length > chunkSizeBytesMax)
        throw invalidResponse("The line with a chunk's size is too long");
    } else {
      this.headBytes += (feed < 0 ? end : feed + 1) - at;
      if (this.headBytes > headBytesMax)
        throw invalidResponse(
          `Its headers, including interim responses (1xx), are longer than ${headBytesMax / 1024} KiB`,
        );
    }
    if (feed < 0) return end;
    const line = withoutReturns(this.line);
    this.line = "";
    if (this.place === "status") this.readStatus(line);
    else if (this.place === "headers" && line !== "") this.fields.add(line);
    else if (this.place === "headers") this.endHead();
    else if (this.place === "chunkSize") this.readChunkSize(line);
    else if (line === "") this.place = "end";
    return feed + 1;
  }

  private readStatus(line: string): void {
    if (line === "") return;
    const { status, keepsAlive } = readStatusLine(line);
    this.status = status;
    this.keepsAlive = keepsAlive;
    this.interim = status < 200;
    this.place = "headers";
  }

  private endHead(): void {
    if (this.interim) {
      this.fields = new HeaderFields();
      this.place = "status";
      return;
    }
    const { ends, clear } = bodyFraming(this.status, this.fields.values);
    const connection = this.fields.values.connection?.toLowerCase() ?? "";
    const keepsAlive = this.keepsAlive ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
    this.reusable = clear && keepsAlive;
    if (ends === "chunked") this.place = "chunkSize";
    else if (ends === "untilClose") this.place = "untilClose";
    else {
      this.bytesLeft = ends;
      this.place = ends === 0 ? "end" : "body";
    }
  }

  private readChunkSize(line: string): void {
    const [, digits] = /^[ \t]*([0-9a-f]{1,13})(?![0-9a-z])/i.exec(line) ?? [];
    if (digits === undefined)
      throw invalidResponse(`A chunk's size is not hexadecimal: ${JSON.stringify(line.slice(0, 100))}`);
    this.bytesLeft = Number.parseInt(digits, 16);
    this.place = this.bytesLeft === 0 ? "trailers" : "chunk";
  }

  private keep(bytes: Buffer): void {
    const room = responseBytesMax - this.keptBytes;
    const kept = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.kept.push(kept);
    this.keptBytes += kept.length;
    if (this.kept.length >= piecesMax) this.kept = [Buffer.concat(this.kept)];
    if (bytes.length <= room) return;
    this.truncated = true;
    this.reusable = false;
    this.place = "end";
  }
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === carriageReturn) end -= 1;
  return line.slice(0, end);
}
