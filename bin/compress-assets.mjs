import { compressAssets } from "./launcher/compress-assets.mjs";

await compressAssets();
