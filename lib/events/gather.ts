/** The outcome of one request of a group. */
export type Outcome<R> = { result: R } | { error: unknown };

type GatherOptions<T, R> = {
  /** Requests of one lane share groups, which are written one after the other; lanes do not wait for each other. */
  laneOf: (request: T) => string;
  sizeOf: (request: T) => number;
  /** Writes a group. Throws if nothing of it was written. */
  write: (group: T[]) => Promise<Outcome<R>[]>;
  /** Writes a request whose group failed with this error, or throws the request's error. */
  writeAlone: (request: T, error: unknown, groupSize: number) => Promise<R>;
  /** The limits of one group; a larger request is written by itself. */
  groupMax: { requests: number; size: number };
  /** Groups that are written concurrently, over all lanes. */
  groupsMax: number;
  /** Requests of a failed group that are written concurrently. */
  aloneMax: number;
  /** The most that may wait, by size; more is refused. */
  waitingSizeMax: number;
};
type Waiting<T, R> = {
  request: T;
  size: number;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
};

/** Too much is waiting; nothing of the request was written. */
export class TooMuchWaiting extends Error {
  override readonly name = "TooMuchWaiting";
}

/**
 * Makes a function that writes requests in groups. The first request is written at once, and those that arrive while
 * its lane is writing form the next group. A failed group is written request by request, so that none fails because
 * of another.
 */
export function gather<T, R>(options: GatherOptions<T, R>): (request: T) => Promise<R> {
  /** Present while the lane is writing, or waits for its turn to write. */
  const lanes = new Map<string, Waiting<T, R>[]>();
  const turns: string[] = [];
  let groups = 0;
  let waitingSize = 0;

  function startGroups(): void {
    while (groups < options.groupsMax) {
      const name = turns.shift();
      const lane = name === undefined ? undefined : lanes.get(name);
      if (name === undefined || !lane) return;
      groups += 1;
      void writeGroup(takeGroup(lane)).then(() => {
        groups -= 1;
        if (lane.length > 0) turns.push(name);
        else lanes.delete(name);
        startGroups();
      });
    }
  }

  function takeGroup(lane: Waiting<T, R>[]): Waiting<T, R>[] {
    let size = 0;
    let count = 0;
    for (const next of lane) {
      if (count > 0 && (count >= options.groupMax.requests || size + next.size > options.groupMax.size))
        break;
      size += next.size;
      count += 1;
    }
    waitingSize -= size;
    return lane.splice(0, count);
  }

  /** Never throws: every result is the answer to some request. */
  async function writeGroup(group: Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await options.write(group.map(({ request }) => request));
      for (const [place, one] of group.entries()) {
        const outcome = outcomes[place] ?? { error: new Error("a request of a group has no outcome") };
        if ("error" in outcome) one.reject(outcome.error);
        else one.resolve(outcome.result);
      }
    } catch (error) {
      const left = [...group];
      const writeNext = async (): Promise<void> => {
        for (let one = left.shift(); one; one = left.shift()) {
          await options.writeAlone(one.request, error, group.length).then(one.resolve, one.reject);
        }
      };
      await Promise.all(Array.from({ length: options.aloneMax }, writeNext));
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      const size = options.sizeOf(request);
      if (waitingSize > 0 && waitingSize + size > options.waitingSizeMax) return reject(new TooMuchWaiting());
      waitingSize += size;
      const name = options.laneOf(request);
      const waiting = { request, size, resolve, reject };
      const lane = lanes.get(name);
      if (lane) lane.push(waiting);
      else {
        lanes.set(name, [waiting]);
        turns.push(name);
        startGroups();
      }
    });
}
