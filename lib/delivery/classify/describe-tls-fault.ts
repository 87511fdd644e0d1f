import type { PeerCertificate } from "node:tls";

/** The host as it was dialled, and the received certificate, if any. */
type Peer = { host?: string; certificate?: PeerCertificate };

/**
 * What is wrong with a server's certificate or TLS, in a sentence; `null` for any other error.
 *
 * @param error as thrown by Node or OpenSSL
 */
export function describeTlsFault(
  error: unknown,
  { host = "the host", certificate }: Peer = {},
): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const own = certificate && Object.keys(certificate).length > 0 ? certificate : undefined;
  const fault = certificateFaults[code];
  if (fault) return fault({ host, certificate: own });
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code)) return describeHandshake(code, error, host);
  if (/^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT|INVALID_(CA|PURPOSE))/.test(code))
    return `The certificate is not valid: ${error.message}`;
  return null;
}

type Facts = { host: string; certificate: PeerCertificate | undefined };

/** By the codes of Node's `tls`, which are OpenSSL's `X509_V_ERR_…`. */
const certificateFaults: Record<string, (facts: Facts) => string> = {
  CERT_HAS_EXPIRED: ({ certificate }) => {
    const end = certificate && new Date(certificate.valid_to);
    if (!end || end > new Date()) return "A certificate in the chain that the server sends has expired";
    return `The certificate expired on ${day(end)}`;
  },
  CERT_NOT_YET_VALID: ({ certificate }) =>
    certificate
      ? `The certificate is not valid before ${day(new Date(certificate.valid_from))}`
      : "The certificate is not valid yet",
  CERT_REVOKED: () => "The certificate was revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: () => "The certificate is self-signed, not issued by a trusted authority",
  SELF_SIGNED_CERT_IN_CHAIN: (facts) =>
    `The certificate was issued by ${issuer(facts)}, which is not trusted`,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host, certificate }) =>
    `The certificate is for ${names(certificate)}, not for ${host}`,
};

function unknownIssuer(facts: Facts): string {
  return `The certificate's issuer, ${issuer(facts)}, is unknown; the server may not send an intermediate certificate`;
}

function issuer({ certificate }: Facts): string {
  const { CN, O } = certificate?.issuer ?? {};
  return [CN, O].flat().find(Boolean) ?? "without a name";
}

const namesMax = 5;

/** The names of a certificate, as "a.example, b.example and 3 more". */
function names(certificate: PeerCertificate | undefined): string {
  const all = (certificate?.subjectaltname ?? "")
    .split(", ")
    .filter(Boolean)
    .map((name) => name.replace(/^(DNS|IP Address):/, ""));
  if (all.length === 0) return [certificate?.subject?.CN].flat()[0] ?? "no name";
  const more = all.length - namesMax;
  return all.slice(0, namesMax).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function day(date: Date): string {
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** OpenSSL's reasons, at the end of the code or inside the message. */
const handshakeFaults: readonly [reason: RegExp, words: (host: string) => string][] = [
  [
    /wrong.version.number|http.request|packet.length.too.long|record.(layer|overflow)/i,
    () => "The server does not speak TLS on that port; it may be a plain http server",
  ],
  [
    /unsupported.protocol|protocol.version|version.too.low/i,
    () => "The server only offers TLS versions that are no longer safe; TLS 1.2 or newer is required",
  ],
  [
    /handshake.failure|no.shared.cipher|insufficient.security/i,
    () => "The server offers no cipher that is supported and safe",
  ],
  [/application.protocol/i, () => "The server does not speak HTTP/1.1 over TLS"],
  [/certificate.required/i, () => "The server asks for a client certificate, and Posthorn has none"],
  [/unrecognized.name/i, (host) => `The server has no certificate for ${host}`],
];

function describeHandshake(code: string, error: Error, host: string): string {
  const text = `${code} ${error.message}`;
  const known = handshakeFaults.find(([reason]) => reason.test(text));
  if (known) return known[1](host);
  const reason = "reason" in error ? String(error.reason) : error.message;
  return `The TLS handshake failed: ${reason}`;
}
