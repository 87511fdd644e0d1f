const keyOf = (workspace: string) => `posthorn.jobs.${workspace}`;
const none: readonly string[] = [];

/**
 * Ids of the jobs that this browser tab has started or seen running and that were not dismissed here; kept over
 * reloads.
 */
class FollowedJobs {
  readonly #ids = new Map<string, readonly string[]>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read(workspace: string): readonly string[] {
    const known = this.#ids.get(workspace);
    if (known) return known;
    const text = window.sessionStorage.getItem(keyOf(workspace));
    const ids = text ? text.split(",") : none;
    this.#ids.set(workspace, ids);
    return ids;
  }

  follow(workspace: string, ids: readonly string[]): void {
    const followed = this.read(workspace);
    const added = ids.filter((id) => !followed.includes(id));
    if (added.length > 0) this.#store(workspace, [...followed, ...added]);
  }

  dismiss(workspace: string, id: string): void {
    this.#store(
      workspace,
      this.read(workspace).filter((one) => one !== id),
    );
  }

  #store(workspace: string, ids: readonly string[]): void {
    this.#ids.set(workspace, ids);
    window.sessionStorage.setItem(keyOf(workspace), ids.join());
    for (const notify of this.#listeners) notify();
  }
}

export const followedJobs = new FollowedJobs();
/** On the server no jobs are followed. */
export const noJobs = () => none;
