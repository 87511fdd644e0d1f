/** What an API reads of a request, whatever server took it: Next's, or the one in front of it. */
export type ApiRequest = {
  method: string;
  /** With its query; whether origin and path stand before it makes no difference. */
  url: string;
  headers: { get(name: string): string | null };
  /**
   * The body, which is read once.
   *
   * @returns `null` if it is longer, as soon as that shows
   * @throws ClientGone if the connection ended within it
   */
  readBytes(bytesMax: number): Promise<Uint8Array | null>;
};

/** An answer that is not bound to a way of sending it: by the web's `Response`, or by a Node server or socket. */
export type ApiAnswer = { status: number; headers: Record<string, string>; body: string | null };
