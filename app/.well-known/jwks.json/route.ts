import { instanceKey } from "@/lib/signatures/instance-key";

export const dynamic = "force-dynamic";

/** The public keys that verify JWT signatures, as a JWK set (RFC 7517). */
export async function GET(): Promise<Response> {
  const { jwk } = await instanceKey();
  return Response.json(
    { keys: [jwk] },
    {
      headers: {
        "content-type": "application/jwk-set+json",
        "cache-control": "public, max-age=3600, stale-if-error=86400",
        "access-control-allow-origin": "*",
      },
    },
  );
}
