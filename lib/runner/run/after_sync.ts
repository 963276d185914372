import type { Journal } from "../../journal/journal.ts";

/** What is done once something is on the disk. */
type Act = () => void | Promise<void>;

/** So long short trials gather behind a sync: a disk that is asked without end slows the trials down. */
const BETWEEN_MS = 10;

/**
 * Does things in the order in which they are handed in, each once all that the journal had then is on the disk.
 *
 * The first after a while is done at once; those that come shortly behind a sync share the next.
 */
export class AfterSync {
  readonly #journal: Pick<Journal, "sync">;
  readonly #onFailure: () => void;
  #waiting: Act[] = [];
  /** Null while there is nothing to do; once something has failed, it stays, and nothing more is done. */
  #running: Promise<void> | null = null;
  #endRest: () => void = () => {};
  /** How many wait for all that was handed in. */
  #hurried = 0;

  /** @param options.onFailure Called when a sync or an act throws, which {@link AfterSync.settled} then does too. */
  constructor(journal: Pick<Journal, "sync">, { onFailure }: { readonly onFailure: () => void }) {
    this.#journal = journal;
    this.#onFailure = onFailure;
  }

  /** Hands something in. */
  do(act: Act): void {
    this.#waiting.push(act);
    if (this.#running !== null) return;
    this.#running = this.#run();
    this.#running.catch(() => this.#onFailure());
  }

  /** Settles when all that was handed in is done, which is not put off any longer. */
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
      const acts = this.#waiting;
      this.#waiting = [];
      await this.#journal.sync();
      for (const act of acts) {
        const doing = act();
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
