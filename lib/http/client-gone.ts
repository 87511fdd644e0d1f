/** The client hung up before its body was whole: there is nobody to answer, and it is not our fault. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}
