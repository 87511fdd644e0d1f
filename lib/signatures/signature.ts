import type { SignatureKind } from "../core/endpoints";

/** What a signature binds: the request, and for a JWT who signed it for whom. Ids as the API shows them. */
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

/** Signs requests with one key. Making one costs more than signing, so callers keep it. */
export type Signer = {
  kind: SignatureKind;
  /** The header that has its signature, with those of other signers, separated by spaces. */
  header: string;
  /**
   * @param lengthMax what leaving something out can shorten is shorter than that
   * @returns one part of the header, which holds no space
   */
  sign: (content: SignedContent, lengthMax: number) => string | Promise<string>;
};

/** A kind whose webhooks have a secret each. */
type WithSecret = {
  secret: {
    /** A new one. */
    make: () => string;
    /** What is wrong with an imported one whose form is right (see `signatureForms`), or `null`. */
    problem: (secret: string) => string | null;
    /** What verifies its signatures, to be shown and published; `null` if the secret does. */
    publicKey: (secret: string) => string | null;
    /** @throws Error if it is no secret of that kind, so that nothing is signed with an empty key */
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
    /** Where its public keys are, below the installation's origin. */
    keysPath: string;
  };
};

/** A kind of signature. One file each, listed in `signatures.ts`. */
export type Signature = WithSecret | WithInstallationKey;
