import { once } from "node:events";
import Provider from "oidc-provider";

/** A provider of OpenID Connect of a program of its own, which lets in whoever names themselves. */
export type OpenIdProvider = {
  /** What it says of whoever signs in there, by the name that they enter. */
  people: Map<string, { email: string; email_verified: boolean }>;
  close(): Promise<void>;
};

export const openIdClient = { id: "posthorn", secret: "a secret that both of them know" };

/**
 * @param at.port which its issuer's URL names
 * @param at.appUrl where it leads back to
 */
export async function startOpenIdProvider({
  port,
  appUrl,
}: {
  port: number;
  appUrl: string;
}): Promise<OpenIdProvider> {
  const people: OpenIdProvider["people"] = new Map();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: openIdClient.id,
        client_secret: openIdClient.secret,
        redirect_uris: [`${appUrl}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a key of the cookies of this provider"] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name: sub, ...people.get(sub) }) }),
  });
  const server = provider.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    people,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
