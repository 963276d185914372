/** A disk that takes its time over each sync, until it is disposed of. */
export interface SlowDisk extends Disposable {
  /** Length of the file when the last sync that has ended began: what no loss of power can take. */
  readonly syncedBytes: number;
  /** How many have begun. */
  readonly syncs: number;
  /** Settles when a sync has begun. */
  busy(): Promise<void>;
  /** Lets no sync end until what it returns is called. */
  hold(): () => void;
}

/** Turns of the event loop that each sync takes: whoever does not wait for it goes on meanwhile. */
const TURNS = 5;

/** Makes the disk of this process slow. */
export function slowDisk(): SlowDisk {
  const { prototype } = Deno.FsFile;
  const { syncData } = prototype;
  let syncedBytes = 0;
  let syncs = 0;
  let begun = Promise.withResolvers<void>();
  let released = Promise.resolve();
  prototype.syncData = async function () {
    syncs += 1;
    const { size } = await this.stat();
    begun.resolve();
    await released;
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setTimeout(resolve));
    await syncData.call(this);
    syncedBytes = size;
    begun = Promise.withResolvers();
  };
  return {
    get syncedBytes() {
      return syncedBytes;
    },
    get syncs() {
      return syncs;
    },
    busy: () => begun.promise,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      released = promise;
      return resolve;
    },
    [Symbol.dispose]() {
      prototype.syncData = syncData;
    },
  };
}
