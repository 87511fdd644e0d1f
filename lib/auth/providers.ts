import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { SignInProvider } from "../core/account";
import { settings } from "../platform/env";

/** A provider's data about a person. */
export type ProviderProfile = {
  id: string;
  name?: string;
  email?: string;
  /** Whether the provider says that the address is verified. */
  emailVerified: boolean;
};

const httpOptions = { timeout: 8_000 };

/** The configured providers, as shown on buttons. */
export function configuredProviders(): { id: SignInProvider; name: string }[] {
  const { github, google, oidc } = settings().signIn;
  return [
    ...(google ? [{ id: "google" as const, name: "Google" }] : []),
    ...(github ? [{ id: "github" as const, name: "GitHub" }] : []),
    ...(oidc ? [{ id: "oidc" as const, name: oidc.name }] : []),
  ];
}

/** The name under which a person's account at a provider is stored: subjects are unique per issuer. */
export function providerKey(id: SignInProvider): string {
  const { github, oidc } = settings().signIn;
  if (id === "oidc") return `oidc ${oidc?.issuer}`;
  return id === "github" && github && github.url !== "https://github.com" ? `github ${github.url}` : id;
}

/** The configured providers, for NextAuth. */
export function oauthProviders(): OAuthConfig<ProviderProfile>[] {
  const { github, google, oidc } = settings().signIn;
  return [
    ...(github ? [githubProvider(github)] : []),
    ...(google ? [openIdProvider("google", { ...google, issuer: "https://accounts.google.com" })] : []),
    ...(oidc ? [openIdProvider("oidc", oidc)] : []),
  ];
}

const openIdClaims = z.object({
  sub: z.string().min(1),
  name: z.string().optional().catch(undefined),
  email: z.email().optional().catch(undefined),
  // Some send a string.
  email_verified: z.union([z.boolean(), z.literal("true").transform(() => true)]).catch(false),
});

/** By discovery, with PKCE, state and nonce; claims come from the ID token and the userinfo endpoint. */
function openIdProvider(
  id: SignInProvider,
  { issuer, clientId, clientSecret }: { issuer: string; clientId: string; clientSecret: string },
): OAuthConfig<ProviderProfile> {
  return {
    id,
    name: id,
    type: "oauth",
    // The same form as NextAuth's own: discovery checks that the document names this issuer.
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId,
    clientSecret,
    httpOptions,
    userinfo: {
      async request({ client, tokens }) {
        if (client.issuer.metadata.issuer.replace(/\/$/, "") !== issuer.replace(/\/$/, "")) {
          throw new Error("the discovery document names another issuer");
        }
        const claims = "claims" in tokens && typeof tokens.claims === "function" ? tokens.claims() : {};
        const hasEndpoint = client.issuer.metadata.userinfo_endpoint && tokens.access_token;
        // Checks that it is about the ID token's subject.
        const info = hasEndpoint ? await client.userinfo(tokens.access_token ?? "") : {};
        if ("sub" in info && info.sub !== claims.sub) throw new Error("userinfo is about another user");
        return openIdProfile({ ...claims, ...info });
      },
    },
    profile: withImage,
  };
}

function openIdProfile(claims: object): ProviderProfile {
  const { sub, name, email, email_verified } = openIdClaims.parse(claims);
  return { id: sub, name, email, emailVerified: email !== undefined && email_verified };
}

const githubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const githubEmails = z.array(
  z.object({ email: z.email().catch(""), primary: z.boolean(), verified: z.boolean() }),
);

/** The primary address of the list that says which are verified; the profile's address may be anything. */
function githubProvider({
  url,
  clientId,
  clientSecret,
}: {
  url: string;
  clientId: string;
  clientSecret: string;
}): OAuthConfig<ProviderProfile> {
  const api = url === "https://github.com" ? "https://api.github.com" : `${url}/api/v3`;
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    authorization: { url: `${url}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
    token: `${url}/login/oauth/access_token`,
    checks: ["pkce", "state"],
    clientId,
    clientSecret,
    httpOptions,
    userinfo: {
      url: `${api}/user`,
      async request({ tokens }) {
        const ask = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> => {
          const answer = await fetch(api + path, {
            headers: {
              authorization: `Bearer ${tokens.access_token}`,
              accept: "application/vnd.github+json",
              "user-agent": "Posthorn",
            },
            redirect: "error",
            signal: AbortSignal.timeout(httpOptions.timeout),
          });
          if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`);
          return schema.parse(await answer.json());
        };
        const user = await ask("/user", githubUser);
        const emails = await ask("/user/emails", githubEmails);
        const primary = emails.find((one) => one.primary);
        return {
          id: String(user.id),
          name: user.name ?? user.login,
          email: primary?.email || undefined,
          emailVerified: primary?.verified === true && primary.email !== "",
        };
      },
    },
    profile: withImage,
  };
}

/** NextAuth requires a picture, too. */
const withImage = (profile: ProviderProfile) => ({ ...profile, image: null });
