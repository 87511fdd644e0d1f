/**
 * Reads a body and answers: what any route of Next costs.
 * @param {Request} request
 */
export async function POST(request) {
  await request.json();
  return Response.json({ ok: true }, { status: 202 });
}
