import type { Checkpoint } from "../../../experiment/trial/run_trial.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../checkpoint_bytes.ts";
import type { Redis } from "../redis/bullmq_packages.ts";
import { tryToWrite } from "./check_redis.ts";
import { decodeEntry, encodeReport, type Report, type StreamedReport, type StreamEntry } from "./report.ts";
import { GIVEN_UP_S, type RunKeys, runKeys } from "./run_keys.ts";

/**
 * The communication of a run and its workers through Redis; only this class uses the run's keys. This is the whole
 * protocol. The submitter is the process of the command `run`; all keys begin with `seedbed:`.
 *
 * | key                   | holds                                      | written by | read by   | removed                         |
 * | --------------------- | ------------------------------------------ | ---------- | --------- | ------------------------------- |
 * | `run:RUN:reports`     | stream: what workers report                | both       | submitter | entry by entry, once kept       |
 * | `run:RUN:wishes`      | hash: epochs between a trial's checkpoints | submitter  | workers   | field by field, as trials end   |
 * | `run:RUN:checkpoints` | hash: a trial's last checkpoint            | both       | workers   | field by field, as trials end   |
 * | `run:RUN:files`       | hash: bytes of the submitter's tables      | submitter  | workers   | with the run                    |
 * | `trials:*`            | BullMQ's jobs, locks and lists             | both       | both      | jobs as they end, then the rest |
 * | `probe`               | nothing: shows whether Redis takes writes  | both       | nobody    | in the step that writes it      |
 *
 * The submitter opens the stream of reports first. While it exists, the run is awaited: workers add reports in one
 * step that does nothing without the stream, so that no key reappears after the run is withdrawn. All keys of a run
 * expire a week after its submitter renewed them last, and are removed when the run is withdrawn.
 *
 * `JobQueue` and `JobWorker` use BullMQ's keys, and `sweepQueue` removes them; `checkRedis` and this class write the
 * probe.
 */
export class RunChannel {
  readonly #client: Redis;
  readonly #keys: RunKeys;
  /** A separate connection for blocking reads, which delay every later command of their connection. */
  #reader: Redis | null = null;

  constructor(run: string, client: Redis) {
    this.#client = client;
    this.#keys = runKeys(run);
  }

  /** Opens the stream of reports, which shows workers that the run is awaited. */
  async open(): Promise<void> {
    await this.#client.xadd(this.#keys.reports, "*", "opened", "");
    await this.renew();
  }

  /** Renews the expiry of the run's keys. */
  async renew(): Promise<void> {
    await Promise.all(Object.values(this.#keys).map((key) => this.#client.expire(key, GIVEN_UP_S)));
  }

  /** Stores the bytes of files that no other machine has, by their names. */
  async keepData(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const [file, bytes] of files) await this.#client.hset(this.#keys.files, file, Buffer.from(bytes));
    await this.#client.expire(this.#keys.files, GIVEN_UP_S);
  }

  /** Returns the bytes of a file that the submitter stored for its workers, or null. */
  async data(file: string): Promise<Uint8Array | null> {
    return await this.#client.hgetBuffer(this.#keys.files, file);
  }

  /** Stores a checkpoint of the submitter unless there is one from a worker, which is at least as new. */
  async offerCheckpoint(trial: string, checkpoint: Checkpoint): Promise<void> {
    const bytes = Buffer.from(encodeCheckpoint(checkpoint, { trial }));
    await this.#client.hsetnx(this.#keys.checkpoints, trial, bytes);
  }

  /** Returns a trial's last checkpoint, or null if there is no valid one. */
  async checkpoint(trial: string): Promise<Checkpoint | null> {
    const bytes = await this.#client.hgetBuffer(this.#keys.checkpoints, trial);
    return bytes === null ? null : decodeCheckpoint(bytes, { trial });
  }

  /** Sets the interval at which workers make checkpoints of a trial, in epochs, 0 for none. */
  async requestCheckpoints(trial: string, checkpointEvery: number): Promise<void> {
    await this.#client.hset(this.#keys.checkpointIntervals, trial, checkpointEvery);
  }

  /** Returns the interval of a trial's checkpoints in epochs, 0 for none; null if the run is not awaited. */
  async checkpointInterval(trial: string): Promise<number | null> {
    const [exists, interval] = await Promise.all([
      this.#client.exists(this.#keys.reports),
      this.#client.hget(this.#keys.checkpointIntervals, trial),
    ]);
    return exists === 1 ? Number(interval ?? 0) : null;
  }

  /** Adds reports of a trial, in one step, and returns the {@link checkpointInterval}. */
  async send(trial: string, reports: readonly Report[]): Promise<number | null> {
    const { reports: stream, checkpointIntervals, checkpoints } = this.#keys;
    const values = reports.flatMap((report) => encodeReport(report, { trial }));
    const interval = Number(
      await this.#client.eval(SEND, 3, stream, checkpointIntervals, checkpoints, trial, ...values),
    );
    return interval < 0 ? null : interval;
  }

  /**
   * Returns the reports after an entry, in the order of their arrival.
   *
   * @param waitMs How long to wait for the first report; 0 for not at all.
   */
  async read(
    { after, waitMs }: { readonly after: string; readonly waitMs: number },
  ): Promise<readonly StreamedReport[]> {
    const { reports } = this.#keys;
    const found = waitMs === 0
      ? await this.#client.xreadBuffer("COUNT", BATCH, "STREAMS", reports, after)
      : await this.#waiting().xreadBuffer("COUNT", BATCH, "BLOCK", waitMs, "STREAMS", reports, after);
    const [[, entries] = [null, []]] =
      (found ?? []) as readonly (readonly [Uint8Array, readonly StreamEntry[]])[];
    return entries.map(decodeEntry);
  }

  /** Removes the reports up to an entry, and the fields of ended trials. */
  async release(trials: readonly string[], { through }: { readonly through: string }): Promise<void> {
    const { reports, checkpoints, checkpointIntervals } = this.#keys;
    const [time, number] = through.split("-");
    await Promise.all([
      this.#client.xtrim(reports, "MINID", `${time}-${Number(number) + 1}`),
      this.#client.hdel(checkpoints, ...trials),
      this.#client.hdel(checkpointIntervals, ...trials),
    ]);
  }

  /**
   * Throws Redis's error if workers could not report now for lack of memory; the submitter's own commands need none.
   */
  async checkMemory(): Promise<void> {
    await tryToWrite(this.#client);
  }

  /** Removes every key of the run; its workers then see that it is not awaited. */
  async remove(): Promise<void> {
    await this.#client.del(...Object.values(this.#keys));
  }

  /** Aborts a blocking read, which throws; there must be no other blocking read later. */
  close(): void {
    this.#reader?.disconnect();
  }

  #waiting(): Redis {
    if (this.#reader !== null) return this.#reader;
    this.#reader = this.#client.duplicate();
    this.#reader.on("error", () => {});
    return this.#reader;
  }
}

// A small number, since each entry may have a net's weights.
const BATCH = 16;

// A checkpoint is sent once and stored twice: for the submitter's disk, and for a worker that may have to resume.
const SEND = `
if redis.call("EXISTS", KEYS[1]) == 0 then return -1 end
for i = 2, #ARGV, 3 do
  local entry = {"report", ARGV[i]}
  if ARGV[i + 1] ~= "" then table.insert(entry, "weights") table.insert(entry, ARGV[i + 1]) end
  if ARGV[i + 2] ~= "" then
    table.insert(entry, "checkpoint") table.insert(entry, ARGV[i + 2])
    redis.call("HSET", KEYS[3], ARGV[1], ARGV[i + 2])
    redis.call("EXPIRE", KEYS[3], ${GIVEN_UP_S})
  end
  redis.call("XADD", KEYS[1], "*", unpack(entry))
end
return tonumber(redis.call("HGET", KEYS[2], ARGV[1]) or "0")`;
