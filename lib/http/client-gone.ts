/** The client hung up before its body was whole: nobody is left to answer, and nothing of ours went wrong. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}
