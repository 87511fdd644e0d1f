import { isSetUp } from "../auth/is-set-up";
import { operation } from "../contract/operations/operation";
import { setupInput, setupOutput } from "../contract/setup";
import { AppError } from "../core/errors";
import { parseInput } from "../core/parse-input";
import { maySetUp } from "../setup/may-set-up";
import { alreadySetUp, setUp } from "../setup/set-up";
import { defineApi } from "./define-api";
import { originOf } from "./origin-of";
import { isCrossOrigin } from "./own-origin";
import { problemAnswer } from "./problem";

const operations = {
  setUp: operation({ route: "POST /setup", status: 201, body: setupInput, output: setupOutput }),
};

/**
 * `POST /api/setup`: open until the first owner exists. After that it is a conflict, before anything is read or
 * hashed. Pages of other origins cannot use it.
 */
const setupApi = defineApi({
  basePath: "/api",
  operations,
  authenticate: async (request) => {
    if (await isSetUp()) throw alreadySetUp();
    if (isCrossOrigin(request)) {
      throw new AppError("forbidden", "Posthorn can only be set up from its setup page.");
    }
    return originOf(request);
  },
  errors: problemAnswer,
});

/** With `APP_URL` it requires the token that was printed at start. */
export const handleSetup = setupApi.route(operations.setUp, async ({ ctx: origin, input }) => {
  const wanted = parseInput(setupInput, input);
  if (maySetUp(wanted.token)) return setUp(wanted, { origin });
  throw new AppError(
    "forbidden",
    "Open the setup link that Posthorn printed when it started. It contains a token.",
  );
});
