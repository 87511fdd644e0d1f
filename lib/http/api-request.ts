/** What an API reads from a request, whichever server received it: Next's, or the one in front of it. */
export type ApiRequest = {
  method: string;
  /** With its query, and with or without its origin. */
  url: string;
  headers: { get(name: string): string | null };
  /**
   * The body, which can be read once.
   *
   * @returns `null` if it is longer, as soon as that is known
   * @throws ClientGone if the connection ended within it
   */
  readBytes(bytesMax: number): Promise<Uint8Array | null>;
};

/** An answer that does not depend on how it is sent: as a web `Response`, by a Node server, or by a socket. */
export type ApiAnswer = { status: number; headers: Record<string, string>; body: string | null };
