import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { AppError } from "../core/errors";
import { scrape } from "../metrics/scrape";
import { settings } from "../platform/env";
import type { ApiAnswer, ApiRequest } from "./api-request";
import { problemAnswer } from "./problem";
import { unknownPath } from "./route-methods";

/**
 * Answers `GET /api/metrics` with text for Prometheus, if the request has `POSTHORN_METRICS_TOKEN`. Without that
 * setting the path does not exist.
 */
export async function answerMetrics({ headers }: Pick<ApiRequest, "headers">): Promise<ApiAnswer> {
  const requestId = randomUUID();
  try {
    const { metricsToken } = settings();
    if (metricsToken === null) throw unknownPath("/api/metrics");
    const given = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
    if (given === undefined || !isSame(given, metricsToken)) {
      throw new AppError("unauthenticated", "Send POSTHORN_METRICS_TOKEN: `Authorization: Bearer …`.");
    }
    const scraped = await scrape();
    if (!scraped) throw new AppError("unavailable", "Posthorn is starting.", { retryAfterSeconds: 1 });
    const { contentType, text } = scraped;
    return {
      status: 200,
      headers: { "content-type": contentType, "cache-control": "no-store", "x-request-id": requestId },
      body: text,
    };
  } catch (error) {
    return problemAnswer(error, requestId);
  }
}

/** In constant time: both are hashed, so that they have the same length. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
