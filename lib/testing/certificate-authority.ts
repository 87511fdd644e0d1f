import { generate } from "selfsigned";

type Certificate = { key: string; cert: string };
type Wanted = { names?: string[]; from?: Date; to?: Date };

export type CertificateAuthority = {
  /** PEM, for those who are to trust it. */
  cert: string;
  /** Makes a certificate, by default for `localhost` and valid. */
  issue(wanted?: Wanted): Promise<Certificate>;
};

/** A test's own authority, which only clients configured for it trust. */
export async function createCertificateAuthority(name = "Posthorn Test CA"): Promise<CertificateAuthority> {
  const authority = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const ca = { key: authority.private, cert: authority.cert };
  return { cert: authority.cert, issue: (wanted) => make(wanted, ca) };
}

/** A certificate that vouches for itself. */
export function selfSignedCertificate(): Promise<Certificate> {
  return make();
}

async function make(
  { names = ["localhost"], from, to }: Wanted = {},
  ca?: Certificate,
): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: names[0] }], {
    keyType: "ec",
    algorithm: "sha256",
    ca,
    notBeforeDate: from,
    notAfterDate: to,
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  return { key: made.private, cert: made.cert };
}
