import { AsyncLocalStorage } from "node:async_hooks";
import type { NextRequest } from "next/server";

/** Next's storages look for it as they load, which a server of Next's has seen to. */
Object.assign(globalThis, { AsyncLocalStorage });

/** Runs something as Next runs a route: within a request, whose headers and cookies `next/headers` then gives. */
export async function inNextRequest<T>(request: NextRequest, work: () => Promise<T>): Promise<T> {
  const { workAsyncStorage } = await import("next/dist/server/app-render/work-async-storage.external");
  const { workUnitAsyncStorage } = await import(
    "next/dist/server/app-render/work-unit-async-storage.external"
  );
  const { headers, cookies } = request;
  // Of the stores' many fields, those that are read here.
  const unit = { type: "request", phase: "render", headers, cookies } as never;
  return workAsyncStorage.run({ route: "/api/auth" } as never, () => workUnitAsyncStorage.run(unit, work));
}
