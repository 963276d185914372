import type { Journal } from "../../journal/journal.ts";

/** An action to run after a sync. */
type Action = () => void | Promise<void>;

/** Pause between two syncs, in which short trials gather: a disk that syncs continuously slows the trials down. */
const BETWEEN_MS = 10;

/**
 * Runs actions in the order in which they are added, each after all records that the journal had then are on the
 * disk.
 *
 * The first action after a pause runs at once; those added shortly after a sync share the next.
 */
export class AfterSync {
  readonly #journal: Pick<Journal, "sync">;
  readonly #onFailure: () => void;
  #waiting: Action[] = [];
  /** Null while there is nothing to do; after a failure, it stays rejected, and no action runs any more. */
  #running: Promise<void> | null = null;
  #endRest: () => void = () => {};
  /** The number of callers that wait in {@link AfterSync.settled}. */
  #hurried = 0;

  /**
   * @param options.onFailure Called when a sync or an action throws, which {@link AfterSync.settled} then does too.
   */
  constructor(journal: Pick<Journal, "sync">, { onFailure }: { readonly onFailure: () => void }) {
    this.#journal = journal;
    this.#onFailure = onFailure;
  }

  /** Adds an action. */
  do(action: Action): void {
    this.#waiting.push(action);
    if (this.#running !== null) return;
    this.#running = this.#run();
    this.#running.catch(() => this.#onFailure());
  }

  /** Settles when all added actions have run, without further pauses. */
  async settled(): Promise<void> {
    this.#hurried += 1;
    this.#endRest();
    try {
      await this.#running;
    } finally {
      this.#hurried -= 1;
    }
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const actions = this.#waiting;
      this.#waiting = [];
      await this.#journal.sync();
      for (const action of actions) {
        const doing = action();
        if (doing !== undefined) await doing;
      }
      if (this.#hurried === 0) await this.#rest();
    }
    this.#running = null;
  }

  async #rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, BETWEEN_MS);
    this.#endRest = resolve;
    await promise;
    clearTimeout(timer);
  }
}
