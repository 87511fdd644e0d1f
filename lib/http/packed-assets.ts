import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const prefix = "/_next/static/";
const types: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

/** Sizes of the compressed files of the build, by the path that is requested. */
function findPacked(folder: string): Map<string, number> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .filter((name) => name.endsWith(".br"))
      .map((name) => [
        prefix + name.slice(0, -".br".length).split(path.sep).join("/"),
        statSync(path.join(folder, name)).size,
      ]),
  );
}

/**
 * Answers built scripts and styles in Brotli if the client accepts it; their names change with their content.
 *
 * @param folder of the build, with a `.br` file beside each of them
 * @returns a function that answers a request and says whether it has; Next answers everything else
 */
export function packedAssets(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const sizes = findPacked(folder);
  return ({ method, url = "", headers }, response) => {
    if ((method !== "GET" && method !== "HEAD") || headers.range !== undefined) return false;
    const [asked = ""] = url.split("?", 1);
    const size = sizes.get(asked);
    if (size === undefined || !takesBrotli(String(headers["accept-encoding"] ?? ""))) return false;
    response.writeHead(200, {
      "content-type": types[path.extname(asked)] ?? "application/octet-stream",
      "content-encoding": "br",
      "content-length": size,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    if (method === "HEAD") response.end();
    else {
      createReadStream(path.join(folder, `${asked.slice(prefix.length)}.br`))
        .on("error", () => response.destroy())
        .pipe(response);
    }
    return true;
  };
}

/** RFC 9110 12.5.3: a weight of 0 refuses. */
const takesBrotli = (accepted: string) =>
  accepted.split(",").some((one) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(one));
