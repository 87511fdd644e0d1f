/** What became of one request of a group. */
export type Outcome<R> = { result: R } | { error: unknown };

type GatherOptions<T, R> = {
  /** Requests of one lane share groups, and its groups follow each other; lanes do not wait for each other. */
  laneOf: (request: T) => string;
  sizeOf: (request: T) => number;
  /** Writes a group. Throws if nothing of it was written. */
  write: (group: T[]) => Promise<Outcome<R>[]>;
  /** Writes a request whose group failed with this error, or throws what it is answered with. */
  writeAlone: (request: T, error: unknown, groupSize: number) => Promise<R>;
  /** What one group holds at most; a request that is larger goes by itself. */
  groupMax: { requests: number; size: number };
  /** Groups that are written at once, over all lanes. */
  groupsMax: number;
  /** Requests of a failed group that are written at once. */
  aloneMax: number;
  /** What may wait, by size; more is turned away. */
  waitingSizeMax: number;
};
type Waiting<T, R> = {
  request: T;
  size: number;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
};

/** More waits than may; nothing of the request was written. */
export class TooMuchWaiting extends Error {
  override readonly name = "TooMuchWaiting";
}

/**
 * Makes a function that writes requests in groups: the first one starts at once, and what arrives while its lane is
 * writing is written by the next group. A group that fails is written request by request, so that none fails by
 * another's fault.
 */
export function gather<T, R>(options: GatherOptions<T, R>): (request: T) => Promise<R> {
  /** Present while the lane is writing, or waits for its turn to. */
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

  /** Never throws: whatever happens is some request's answer. */
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
