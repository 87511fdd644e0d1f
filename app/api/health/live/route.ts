export const dynamic = "force-dynamic";

/** Liveness: the process answers, whatever its database does, and while it stops. Starting it again helps if this fails. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
