import path from "node:path";

/** The app is copied to a temporary folder, with a link to the packages of the checkout: both are to be below the root. */
export default { turbopack: { root: path.parse(process.cwd()).root } };
