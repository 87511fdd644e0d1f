/**
 * Something that keeps Posthorn from starting and that its user can put right. The message says what is wrong
 * and what would be right; it is shown without a stack.
 */
export class StartError extends Error {
  /**
   * @param {string} message
   * @param {{ cause?: unknown, exitCode?: number }} [options] `exitCode` is what the launcher ends with
   */
  constructor(message, { cause, exitCode = 1 } = {}) {
    super(message, { cause });
    this.name = "StartError";
    this.exitCode = exitCode;
  }
}

/**
 * @param {string} dataDir
 * @param {unknown} [cause]
 */
export function diskFullError(dataDir, cause) {
  return new StartError(
    `The disk that holds ${dataDir} has no room left. Free some space (Posthorn needs 200 MB to begin with), or set POSTHORN_DATA_DIR to a folder on another disk.`,
    { cause },
  );
}

/**
 * The system's error code (`ENOENT`, `EACCES`, …) of an error, if it has one.
 * @param {unknown} error
 */
export function errorCode(error) {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
