/** A queue between callbacks and an async iteration. */
export interface Mailbox<T> {
  readonly put: (message: T) => void;
  /** Ends the iteration after the items that were put. */
  readonly close: () => void;
  /** Ends the iteration with an error after the items that were put. */
  readonly fail: (error: unknown) => void;
  messages(): AsyncGenerator<T>;
}

/** Makes an empty mailbox. */
export function createMailbox<T>(): Mailbox<T> {
  let messages: T[] = [];
  let ended: { readonly error?: unknown } | null = null;
  let wake = () => {};
  const end = (ending: { readonly error?: unknown }) => {
    ended ??= ending;
    wake();
  };
  return {
    put(message) {
      messages.push(message);
      wake();
    },
    close: () => end({}),
    fail: (error) => end({ error }),
    async *messages() {
      while (true) {
        const batch = messages;
        messages = [];
        yield* batch;
        if (messages.length > 0) continue;
        if (ended) {
          if ("error" in ended) throw ended.error;
          return;
        }
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
  };
}
