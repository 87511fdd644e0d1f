/**
 * Writes a line for the user.
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Says on one line that something is under way and how long it took. A terminal sees the seconds pass.
 * @template T
 * @param {string} what such as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(what, work) {
  const startedAt = Date.now();
  const elapsed = () => `${Math.max(1, Math.round((Date.now() - startedAt) / 1000))} s`;
  const isTerminal = process.stdout.isTTY;
  process.stdout.write(isTerminal ? `${what}…` : `${what}…\n`);
  const ticks = isTerminal
    ? setInterval(() => process.stdout.write(`\r${what}… ${elapsed()}`), 1_000)
    : undefined;
  try {
    const result = await work();
    say(isTerminal ? `\r${what}… done in ${elapsed()}` : `${what} took ${elapsed()}`);
    return result;
  } catch (error) {
    if (isTerminal) say("");
    throw error;
  } finally {
    clearInterval(ticks);
  }
}
