import dns from "node:dns";
import net, { type LookupFunction } from "node:net";
import tls from "node:tls";
import { connectTimeoutMs, type PrivateTargets } from "../../core/delivery-limits";
import { AttemptFailure } from "../attempt-failure";
import { describeTlsFault } from "../classify/describe-tls-fault";
import type { ExchangeTrace } from "../http-client/exchange-trace";
import { guardedLookup } from "./guarded-lookup";
import { refuseAddress } from "./refuse-address";
import { sharedLookup } from "./shared-lookup";

export type ConnectorOptions = {
  targets: PrivateTargets;
  /** The system's resolver by default. */
  lookup?: LookupFunction;
  /** Trusted certificate authorities, as PEM; Node's by default. */
  ca?: string;
};

/** The target of a connection: parts of a URL. The hostname of an IPv6 address has no brackets. */
export type ConnectionTarget = { origin: string; secure: boolean; hostname: string; port: string };

/** Opens a connection, and records its progress and its peer in `trace`; `callback` is called once. */
type Connect = (
  target: ConnectionTarget,
  trace: ExchangeTrace,
  callback: (...result: [error: Error, socket: null] | [error: null, socket: net.Socket]) => void,
) => void;

const socketKeepAliveMs = 60_000;
/** For each address of a name except the last. Node's default of 250 ms cuts off distant servers. */
const addressTimeoutMs = 2_000;

/**
 * Opens connections for the HTTP client, to allowed addresses only: a name's addresses are checked before dialling,
 * and the peer's again once connected, before anything is sent. TLS sessions are not resumed, because resuming skips
 * the check of the certificate's name.
 */
export function guardedConnector({ targets, lookup = dns.lookup, ca }: ConnectorOptions): Connect {
  const resolve = sharedLookup(lookup);
  return ({ hostname, secure, port }, trace, callback) => {
    const refuse = (address: string) => refuseAddress(address, { targets, secure });
    const target = {
      host: hostname,
      port: Number(port) || (secure ? 443 : 80),
      lookup: guardedLookup(resolve, refuse),
      autoSelectFamilyAttemptTimeout: addressTimeoutMs,
    };
    const socket = secure
      ? tls.connect({ ...target, ca, servername: serverNameOf(hostname), ALPNProtocols: ["http/1.1"] })
      : net.connect(target);
    socket.setNoDelay(true).setKeepAlive(true, socketKeepAliveMs);
    trace.dial(net.isIP(hostname) === 0 ? "dns" : "connect");
    socket.once("lookup", (error) => {
      if (!error) trace.begin("connect");
    });

    let certificate: tls.PeerCertificate | undefined;
    let settled = false;
    const settle = (result: Error | net.Socket) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (result instanceof Error) callback(result, null);
      else callback(null, result);
    };
    const timer = setTimeout(() => {
      socket.destroy(new AttemptFailure("timeout", `No connection within ${connectTimeoutMs / 1000} s`));
    }, connectTimeoutMs);

    // Before the handshake begins, which listens to the same event.
    socket.prependOnceListener("connect", () => {
      trace.begin(secure ? "tls" : "wait");
      trace.peer = { address: socket.remoteAddress ?? null, certificateExpiresAt: null };
      const refusal = refusePeer(socket.remoteAddress, refuse);
      if (refusal) socket.destroy(refusal);
    });
    if (socket instanceof tls.TLSSocket) {
      // A refused certificate can no longer be read when its error is reported.
      socket.prependOnceListener("secure", () => {
        certificate = socket.getPeerCertificate();
        trace.peer = { ...trace.peer, certificateExpiresAt: endOf(certificate) };
      });
    }
    socket.once(secure ? "secureConnect" : "connect", () => {
      if (secure) trace.begin("wait");
      if (!socket.destroyed) settle(socket);
    });
    socket.on("error", (error) => {
      const fault = secure ? describeTlsFault(error, { host: hostname, certificate }) : null;
      settle(fault === null ? error : new AttemptFailure("tls_error", fault));
    });
  };
}

/** Why an opened connection is closed at once; `null` if its peer is allowed. */
export function refusePeer(
  address: string | undefined,
  refuse: (address: string) => string | null,
): AttemptFailure | null {
  if (address === undefined)
    return new AttemptFailure("connection_reset", "The connection was closed immediately");
  const what = refuse(address);
  return what === null
    ? null
    : new AttemptFailure("blocked_address", `Connected to ${address}, which is ${what}`);
}

/** `null` if there is no certificate, or its expiry is not a date. */
function endOf({ valid_to }: tls.PeerCertificate): Date | null {
  const end = new Date(valid_to);
  return Number.isNaN(end.getTime()) ? null : end;
}

/** Server Name Indication takes a name without the trailing dot, and no address (RFC 6066, section 3). */
function serverNameOf(hostname: string): string {
  return net.isIP(hostname) === 0 ? hostname.replace(/\.$/, "") : "";
}
