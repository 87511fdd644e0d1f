import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import {
  type CertificateAuthority,
  createCertificateAuthority,
  selfSignedCertificate,
} from "../../testing/certificate-authority";
import { listen } from "../../testing/listen";
import { sendOnce } from "../../testing/send-once";
import { classifyError } from "../classify";
import { DeliveryAgent } from "../http-client/agent";

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});

/** Sends to `localhost`, trusting the test's authority or only those that Node knows. */
async function attempt(server: net.Server, { trusting = true }: { trusting?: boolean } = {}) {
  const port = await listen(server);
  const agent = new DeliveryAgent({ targets: "loopback", ca: trusting ? authority.cert : undefined });
  onTestFinished(() => agent.destroy());
  const { httpStatus, error, errorDetail } = await sendOnce({
    agent,
    url: `https://localhost:${port}/`,
    headers: {},
    body: "{}",
  });
  return { httpStatus, error, errorDetail };
}

const answering = (options: https.ServerOptions) =>
  https.createServer(options, (_request, response) => response.end());
const tlsError = (errorDetail: unknown) => ({ httpStatus: null, error: "tls_error", errorDetail });

test("a valid certificate of a trusted authority is taken", async () => {
  expect(await attempt(answering(await authority.issue()))).toMatchObject({ httpStatus: 200, error: null });
});

test("an expired certificate is named with its day", async () => {
  const expired = await authority.issue({
    from: new Date("2026-01-01"),
    to: new Date("2026-05-03T12:00:00Z"),
  });
  expect(await attempt(answering(expired))).toEqual(tlsError("The certificate expired on 3 May 2026"));
});

test("a certificate from the future is named with its day", async () => {
  const future = await authority.issue({ from: new Date("2126-05-03"), to: new Date("2127-05-03") });
  expect(await attempt(answering(future))).toEqual(
    tlsError("The certificate is not valid before 3 May 2126"),
  );
});

test("a self-signed certificate is called that", async () => {
  expect(await attempt(answering(await selfSignedCertificate()))).toEqual(
    tlsError("The certificate is self-signed, not issued by a trusted authority"),
  );
});

test("a certificate for other names says which", async () => {
  const names = Array.from({ length: 7 }, (_, index) => `${index + 1}.example.com`);
  expect(await attempt(answering(await authority.issue({ names })))).toEqual(
    tlsError(
      "The certificate is for 1.example.com, 2.example.com, 3.example.com, 4.example.com, 5.example.com and 2 more, not for localhost",
    ),
  );
});

test("an authority that nobody knows is named", async () => {
  const { key, cert } = await authority.issue();
  expect(await attempt(answering({ key, cert }), { trusting: false })).toEqual(
    tlsError(expect.stringMatching(/^The certificate's issuer, Posthorn Test CA, is unknown/)),
  );
  expect(await attempt(answering({ key, cert: `${cert}\n${authority.cert}` }), { trusting: false })).toEqual(
    tlsError("The certificate was issued by Posthorn Test CA, which is not trusted"),
  );
});

test("a refused certificate stays refused: no session is resumed past the check", async () => {
  const server = answering({ ...(await authority.issue({ names: ["a.example"] })), maxVersion: "TLSv1.2" });
  const port = await listen(server);
  const agent = new DeliveryAgent({ targets: "loopback", ca: authority.cert });
  onTestFinished(() => agent.destroy());
  for (let attempts = 0; attempts < 3; attempts += 1) {
    const url = `https://localhost:${port}/`;
    expect(await sendOnce({ agent, url, headers: {}, body: "" })).toMatchObject({ error: "tls_error" });
  }
});

test("plain http behind an https URL is called that", async () => {
  const server = net.createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  expect(await attempt(server)).toEqual(tlsError(expect.stringMatching(/does not speak TLS on that port/)));
});

test("a server of old TLS versions is distinguished from a wrong certificate", async () => {
  const { key, cert } = await authority.issue();
  const old = { key, cert, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" } as const;
  expect(await attempt(answering(old))).toEqual(
    tlsError(expect.stringMatching(/TLS 1\.2 or newer is required/)),
  );
});

test("a server that wants a client certificate is called that", () => {
  // Node's own server closes without this alert; others send it.
  const alert = Object.assign(new Error("SSL alert number 116"), {
    code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  });
  expect(classifyError(alert)).toEqual({
    error: "tls_error",
    detail: "The server asks for a client certificate, and Posthorn has none",
  });
});

test("a server that speaks another protocol over TLS is called that", async () => {
  const { key, cert } = await authority.issue();
  const server = tls.createServer({ key, cert, ALPNProtocols: ["h2"] });
  expect(await attempt(server)).toEqual(tlsError("The server does not speak HTTP/1.1 over TLS"));
});

test("an answer that ends with its connection counts only if nothing was put in the place of that end", async () => {
  const { key, cert } = await authority.issue();
  let tell = () => {};
  const answered = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const port = await listen(
    tls.createServer({ key, cert }, (socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\n\r\nhalf", () => tell()));
    }),
  );
  const between = net.createServer((client) => {
    const upstream = net.connect(port, "127.0.0.1").on("error", () => undefined);
    client.pipe(upstream).pipe(client);
    // Once the half has passed, a record that the server never sent.
    void answered.then(() => setTimeout(() => client.end("not of TLS at all"), 200));
  });
  expect(await attempt(between)).toMatchObject({ httpStatus: null, error: "tls_error" });
});

/** What OpenSSL of other versions and servers of other makers say; Node's own server cannot be made to. */
const explained = (code: string, message = "its own words", more: object = {}) =>
  classifyError(Object.assign(new Error(message), { code, ...more }));

test.each([
  ["ERR_SSL_WRONG_VERSION_NUMBER", /it may be a plain http server/],
  ["ERR_SSL_HTTP_REQUEST", /it may be a plain http server/],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", /it may be a plain http server/],
  ["ERR_SSL_RECORD_LAYER_FAILURE", /it may be a plain http server/],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", /TLS 1\.2 or newer is required/],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", /TLS 1\.2 or newer is required/],
  ["ERR_SSL_VERSION_TOO_LOW", /TLS 1\.2 or newer is required/],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", /no cipher that is supported and safe/],
  ["ERR_SSL_NO_SHARED_CIPHER", /no cipher that is supported and safe/],
  ["ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY", /no cipher that is supported and safe/],
  ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", /does not speak HTTP\/1\.1 over TLS/],
  ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", /has no certificate for the host/],
  ["ERR_TLS_HANDSHAKE_TIMEOUT", /^The TLS handshake failed: its own words$/],
  ["CERT_REVOKED", /^The certificate was revoked$/],
  ["CERT_NOT_YET_VALID", /^The certificate is not valid yet$/],
  ["CERT_HAS_EXPIRED", /^A certificate in the chain that the server sends has expired/],
  ["CERT_SIGNATURE_FAILURE", /^The certificate is not valid: its own words$/],
  ["CRL_HAS_EXPIRED", /^The certificate is not valid: its own words$/],
  ["UNABLE_TO_DECRYPT_CERT_SIGNATURE", /^The certificate is not valid: its own words$/],
  ["ERROR_IN_CERT_NOT_AFTER_FIELD", /^The certificate is not valid: its own words$/],
  ["INVALID_CA", /^The certificate is not valid: its own words$/],
  ["INVALID_PURPOSE", /^The certificate is not valid: its own words$/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /issuer, without a name, is unknown/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /^The certificate is for no name, not for the host$/],
])("%s is explained", (code, words) => {
  expect(explained(code)).toEqual({ error: "tls_error", detail: expect.stringMatching(words) });
});

test("of a failed handshake OpenSSL's reason is reported, wherever it is in the message", () => {
  const message = "write EPROTO 00:error:0A000410:SSL routines::ssl/tls alert handshake failure:rec.c:909:";
  expect(explained("EPROTO", message).detail).toBe("The server offers no cipher that is supported and safe");
  expect(explained("ERR_SSL_ODD", "long words", { reason: "odd" }).detail).toBe(
    "The TLS handshake failed: odd",
  );
});

test("what only resembles a TLS fault is not reported as one", () => {
  for (const code of ["INVALID_URL", "XCERT_REVOKED", "EPROTOTYPE", "MY_ERR_SSL_X", ""])
    expect(explained(code).error, code).toBe("connection_reset");
});
