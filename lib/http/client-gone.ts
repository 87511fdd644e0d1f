/**
 * The client closed the connection before its body was complete. No one reads an answer, and it is not an error of
 * ours.
 */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}
