import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { checkout } from "./settings.mjs";

const brotli = promisify(zlib.brotliCompress);

/** The highest takes two and a half times as long, for 2 % less. */
const quality = 10;

/**
 * Writes a Brotli file beside each built script and style, which the front answers with: Next compresses with gzip alone, and
 * anew for each request. A page takes a tenth less then.
 */
export async function compressAssets() {
  const folder = path.join(checkout, ".next", "static");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    names
      .filter((name) => /\.(js|css)$/.test(name))
      .map(async (name) => {
        const file = path.join(folder, name);
        const source = readFileSync(file);
        const params = {
          [zlib.constants.BROTLI_PARAM_QUALITY]: quality,
          [zlib.constants.BROTLI_PARAM_SIZE_HINT]: source.length,
        };
        writeFileSync(`${file}.br`, await brotli(source, { params }));
      }),
  );
}
