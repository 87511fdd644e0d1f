import { randomUUID } from "node:crypto";
import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { createFunctions } from "@/inngest/functions";
import { problemResponse } from "@/lib/http/problem";
import { unknownPath } from "@/lib/http/route-methods";
import { settings } from "@/lib/platform/env";

export const dynamic = "force-dynamic";

type Method = "GET" | "POST" | "PUT";

let handlers: ReturnType<typeof serve> | undefined;

/**
 * An Inngest server calls the functions here. With the embedded engine, which calls them inside the process, the
 * route does not exist: unsigned calls must not come from outside.
 */
async function handle(method: Method, request: NextRequest): Promise<Response> {
  const server = settings().inngest;
  if (!server) return problemResponse(unknownPath("/api/inngest"), randomUUID());
  const client = inngest();
  handlers ??= serve({
    client,
    functions: createFunctions(client),
    serveOrigin: server.serveOrigin ?? settings().appUrl,
  });
  return handlers[method](request, undefined);
}

export const GET = (request: NextRequest) => handle("GET", request);
export const POST = (request: NextRequest) => handle("POST", request);
export const PUT = (request: NextRequest) => handle("PUT", request);
