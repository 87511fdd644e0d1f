import { ApiError } from "@/lib/api-client/api-error";

/**
 * Saves what a filter of a log matches as a file, under the name that the server gives it.
 *
 * @param options.workspace slug of the one whose log it is, if it is of one
 * @throws Error if the server refuses, or the connection ends before all of it has come
 */
export async function downloadExport(
  path: "/api/v1/deliveries/export" | "/api/v1/audit-log/export" | "/api/instance/audit-log/export",
  { workspace, filter, format }: { workspace?: string; filter: object; format: "csv" | "ndjson" },
): Promise<void> {
  const search = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filter))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) search.append(name, String(one));
  const response = await fetch(`${path}?${search}`, {
    headers: workspace === undefined ? {} : { "x-workspace": workspace },
    cache: "no-store",
    credentials: "same-origin",
  });
  if (!response.ok)
    throw new ApiError({ ...(await response.json().catch(() => ({}))), status: response.status });
  // The browser keeps what is large on its disk.
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "events";
  link.click();
  URL.revokeObjectURL(url);
}
