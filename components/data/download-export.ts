import { ApiError } from "@/lib/api-client/api-error";

/**
 * Downloads the rows that match a filter of a log, under the file name that the server gives.
 *
 * @param options.workspace slug of the log's workspace, if it has one
 * @throws Error if the server refuses, or the connection ends early
 */
export async function downloadExport(
  path:
    | "/api/v1/deliveries/export"
    | "/api/v1/events/export"
    | "/api/v1/audit-log/export"
    | "/api/instance/audit-log/export",
  {
    workspace,
    filter,
    format,
    payload = false,
  }: { workspace?: string; filter: object; format: "csv" | "ndjson"; payload?: boolean },
): Promise<void> {
  const search = new URLSearchParams({ format, ...(payload && { payload: "1" }) });
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
  // The browser stores large blobs on disk.
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "events";
  link.click();
  URL.revokeObjectURL(url);
}
