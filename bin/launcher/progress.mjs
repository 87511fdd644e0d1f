/** Whether the terminal's last line is one on which seconds pass. */
let lineIsOpen = false;

/**
 * Writes a line for the user.
 * @param {string} line
 */
export function say(line) {
  endLine();
  process.stdout.write(`${line}\n`);
}

/** Begins a new line, if something is under way on the last one. */
export function endLine() {
  if (lineIsOpen) process.stdout.write("\n");
  lineIsOpen = false;
}

/** @param {string} text of the line that is still to change */
function sayOnLine(text) {
  process.stdout.write(lineIsOpen ? `\r${text}` : text);
  lineIsOpen = true;
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
  if (isTerminal) sayOnLine(`${what}…`);
  else say(`${what}…`);
  const ticks = isTerminal ? setInterval(() => sayOnLine(`${what}… ${elapsed()}`), 1_000) : undefined;
  try {
    const result = await work();
    if (isTerminal) {
      sayOnLine(`${what}… done in ${elapsed()}`);
      endLine();
    } else say(`${what} took ${elapsed()}`);
    return result;
  } finally {
    clearInterval(ticks);
    endLine();
  }
}
