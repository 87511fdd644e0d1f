import { answerMetrics } from "@/lib/http/answer-metrics";
import { webResponse } from "@/lib/http/web-request";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return webResponse(await answerMetrics(request));
}
