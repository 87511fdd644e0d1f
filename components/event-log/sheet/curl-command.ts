/** Headers that curl sets itself, or that would break a manual request. */
const skipped = new Set(["content-length", "host", "connection", "transfer-encoding"]);

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A curl command for a POSIX shell that sends this body again, byte for byte. */
export function curlCommand(request: { url: string; headers: Record<string, string>; body: string }): string {
  const headers = Object.entries(request.headers).filter(([name]) => !skipped.has(name.toLowerCase()));
  return [
    `curl -X POST ${quoted(request.url)}`,
    ...headers.map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`),
    `  --data-binary ${quoted(request.body)}`,
  ].join(" \\\n");
}
