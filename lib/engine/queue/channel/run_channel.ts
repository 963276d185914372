import type { Checkpoint } from "../../../experiment/trial/run_trial.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../checkpoint_bytes.ts";
import type { Redis } from "../redis/bullmq_packages.ts";
import { tryToWrite } from "./check_redis.ts";
import { decodeEntry, encodeReport, type Report, type StreamedReport, type StreamEntry } from "./report.ts";
import { GIVEN_UP_S, type RunKeys, runKeys } from "./run_keys.ts";

/**
 * What a run and its workers exchange through Redis: the one owner of the run's keys. This is the whole protocol, where the
 * submitter is the process of the command `run`, and all keys begin with `seedbed:`.
 *
 * | key                   | holds                                      | written by | read by   | removed                         |
 * | --------------------- | ------------------------------------------ | ---------- | --------- | ------------------------------- |
 * | `run:RUN:reports`     | stream: what workers report                | both       | submitter | entry by entry, once kept       |
 * | `run:RUN:wishes`      | hash: epochs between a trial's checkpoints | submitter  | workers   | field by field, as trials end   |
 * | `run:RUN:checkpoints` | hash: a trial's last checkpoint            | both       | workers   | field by field, as trials end   |
 * | `run:RUN:data`        | bytes of the submitter's own CSV file      | submitter  | workers   | with the run                    |
 * | `trials:*`            | BullMQ's jobs, locks and lists             | both       | both      | jobs as they end, then the rest |
 * | `probe`               | nothing: shows whether Redis takes writes  | both       | nobody    | in the step that writes it      |
 *
 * The submitter opens the stream of reports first. While it exists, somebody waits for the run: workers add reports in one
 * step that does nothing without it, so that no key of a run comes back once the run is withdrawn. All keys of a run expire
 * a week after its submitter renewed them last, and are removed when the run is withdrawn.
 *
 * `JobQueue` and `JobWorker` use BullMQ's keys, and `sweepQueue` removes them; `checkRedis` and this class write the probe.
 */
export class RunChannel {
  readonly #client: Redis;
  readonly #keys: RunKeys;
  /** A connection for reads that wait: they hold up every later command of their connection. */
  #reader: Redis | null = null;

  constructor(run: string, client: Redis) {
    this.#client = client;
    this.#keys = runKeys(run);
  }

  /** Lets workers see that somebody waits for the run. */
  async open(): Promise<void> {
    await this.#client.xadd(this.#keys.reports, "*", "opened", "");
    await this.renew();
  }

  /** Puts off the end of the run's keys. */
  async renew(): Promise<void> {
    await Promise.all(Object.values(this.#keys).map((key) => this.#client.expire(key, GIVEN_UP_S)));
  }

  /** Keeps the bytes of data that no other machine has. */
  async keepData(bytes: Uint8Array): Promise<void> {
    await this.#client.set(this.#keys.data, Buffer.from(bytes), "EX", GIVEN_UP_S);
  }

  /** Returns the bytes that the submitter keeps for its workers, or null. */
  async data(): Promise<Uint8Array | null> {
    return await this.#client.getBuffer(this.#keys.data);
  }

  /** Keeps a checkpoint of the submitter's unless there is one already, which a worker left and is at least as new. */
  async offerCheckpoint(trial: string, checkpoint: Checkpoint): Promise<void> {
    const bytes = Buffer.from(encodeCheckpoint(checkpoint, { trial }));
    await this.#client.hsetnx(this.#keys.checkpoints, trial, bytes);
  }

  /** Returns a trial's last checkpoint, or null if there is none of use. */
  async checkpoint(trial: string): Promise<Checkpoint | null> {
    const bytes = await this.#client.hgetBuffer(this.#keys.checkpoints, trial);
    return bytes === null ? null : decodeCheckpoint(bytes, { trial });
  }

  /** Asks the workers for checkpoints of a trial so many epochs apart, 0 for none. */
  async wish(trial: string, checkpointEvery: number): Promise<void> {
    await this.#client.hset(this.#keys.wishes, trial, checkpointEvery);
  }

  /** Returns how many epochs apart a trial's checkpoints are wanted, 0 for none; null if nobody waits for the run. */
  async ask(trial: string): Promise<number | null> {
    const [exists, wish] = await Promise.all([
      this.#client.exists(this.#keys.reports),
      this.#client.hget(this.#keys.wishes, trial),
    ]);
    return exists === 1 ? Number(wish ?? 0) : null;
  }

  /** Adds reports of a trial, in one step, and returns what {@link ask} does. */
  async send(trial: string, reports: readonly Report[]): Promise<number | null> {
    const { reports: stream, wishes, checkpoints } = this.#keys;
    const values = reports.flatMap((report) => encodeReport(report, { trial }));
    const wish = Number(await this.#client.eval(SEND, 3, stream, wishes, checkpoints, trial, ...values));
    return wish < 0 ? null : wish;
  }

  /**
   * Returns the reports behind an entry, in the order in which they came.
   *
   * @param waitMs How long to wait for the first; 0 for not at all.
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

  /** Removes what trials have here whose end is kept, and the reports up to an entry. */
  async release(trials: readonly string[], { through }: { readonly through: string }): Promise<void> {
    const { reports, checkpoints, wishes } = this.#keys;
    const [time, number] = through.split("-");
    await Promise.all([
      this.#client.xtrim(reports, "MINID", `${time}-${Number(number) + 1}`),
      this.#client.hdel(checkpoints, ...trials),
      this.#client.hdel(wishes, ...trials),
    ]);
  }

  /** Throws what Redis answers if workers could not report now; what a submitter does needs no memory. */
  async checkRoom(): Promise<void> {
    await tryToWrite(this.#client);
  }

  /** Removes every key of the run. From now on its workers see that nobody waits. */
  async remove(): Promise<void> {
    await this.#client.del(...Object.values(this.#keys));
  }

  /** Ends a read that waits, which throws; no other read may wait from now on. */
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

// Each may hold a net's weights.
const BATCH = 16;

// A checkpoint is sent once and kept twice: for the submitter's disk, and for the worker that may have to go on.
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
