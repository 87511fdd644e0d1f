import { endOfRows } from "./backup-file.mjs";

const endMark = Buffer.from(endOfRows);
const endMarkWithin = Buffer.from(`\n${endOfRows}`);

/** Reads a backup's text: lines of JSON, and the rows between them as they are. */
export class BackupReader {
  /** @type {AsyncIterator<Buffer>} */
  #chunks;
  /**
   * What was read and not given yet; it begins with a line.
   * @type {Buffer}
   */
  #buffer = Buffer.alloc(0);

  /** @param {AsyncIterable<Buffer>} stream */
  constructor(stream) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** @returns {Promise<string>} the next line, empty at the end */
  async line() {
    let end = this.#buffer.indexOf(10);
    while (end === -1 && (await this.#more())) end = this.#buffer.indexOf(10);
    return this.#take(end === -1 ? this.#buffer.length : end + 1)
      .toString()
      .trimEnd();
  }

  /**
   * A table's rows, whole lines at a time.
   * @returns {AsyncGenerator<Buffer, void>}
   * @throws if the text ends before they do
   */
  async *rows() {
    for (;;) {
      const isAtEnd = this.#buffer.subarray(0, endMark.length).equals(endMark);
      const within = isAtEnd ? -1 : this.#buffer.indexOf(endMarkWithin);
      if (isAtEnd || within !== -1) {
        if (within !== -1) yield this.#take(within + 1);
        this.#take(endMark.length);
        return;
      }
      // The last whole line may be followed by the mark's beginning, so what is after it stays.
      const whole = this.#buffer.lastIndexOf(10) + 1;
      if (whole > 0) yield this.#take(whole);
      if (!(await this.#more())) throw new Error("the file ends within a table");
    }
  }

  /** @param {number} length */
  #take(length) {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  async #more() {
    const { value, done } = await this.#chunks.next();
    if (done) return false;
    this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value]);
    return true;
  }
}
