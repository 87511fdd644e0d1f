import type { SignatureKind } from "../core/endpoints";

/** What a signature covers: the request, and for a JWT also the signer and the recipient. Ids as shown by the API. */
export type SignedContent = {
  /** `webhook-id` */
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  /** JSON. */
  body: string;
  issuer: string;
  endpointId: string;
  workspaceId: string;
};

/** Signs requests with one key. Creating one costs more than signing, so callers keep it. */
export type Signer = {
  kind: SignatureKind;
  /** The header with its signature and those of other signers, separated by spaces. */
  header: string;
  /**
   * @param lengthMax the signature must be shorter than this if it can be shortened by omitting something
   * @returns one part of the header, without spaces
   */
  sign: (content: SignedContent, lengthMax: number) => string | Promise<string>;
};

/** A kind with a secret per webhook. */
type WithSecret = {
  secret: {
    /** Generates a secret. */
    make: () => string;
    /** What is wrong with an imported secret whose form is correct (see `signatureForms`), or `null`. */
    problem: (secret: string) => string | null;
    /** What verifies its signatures, to be shown and published; `null` if the secret does. */
    publicKey: (secret: string) => string | null;
    /** @throws Error if it is not a secret of that kind, so that nothing is signed with an empty key */
    signer: (secret: string) => Signer;
  };
  installation: null;
};

/** A kind that signs with the installation's own key. */
type WithInstallationKey = {
  secret: null;
  installation: {
    signer: () => Promise<Signer>;
    /** As PEM. */
    publicKey: () => Promise<string>;
    /** Where its public keys are, relative to the installation's origin. */
    keysPath: string;
  };
};

/** A kind of signature: one file each, listed in `signatures.ts`. */
export type Signature = WithSecret | WithInstallationKey;
