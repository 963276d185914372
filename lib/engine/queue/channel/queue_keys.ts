/** Every key that Seedbed has in a Redis begins so. */
export const PREFIX = "seedbed";

/** Name of the one queue that all runs and workers share. */
export const QUEUE = "trials";

/** After this long without its submitter a run is given up: what it has in Redis goes away by itself. */
export const GIVEN_UP_S = 7 * 24 * 3600;

/** The keys that a run has besides its jobs. */
export interface RunKeys {
  /** A stream of what workers report. While it is there, somebody waits for the run. */
  readonly reports: string;
  /** A hash: how many epochs apart a trial's checkpoints are wanted. */
  readonly wishes: string;
  /** A hash: a trial's last checkpoint. */
  readonly checkpoints: string;
  /** The bytes of a data set that no other machine can have. */
  readonly data: string;
}

/** Returns the keys of a run. */
export function runKeys(run: string): RunKeys {
  const key = (name: string) => `${PREFIX}:run:${run}:${name}`;
  return {
    reports: key("reports"),
    wishes: key("wishes"),
    checkpoints: key("checkpoints"),
    data: key("data"),
  };
}

/** Returns the id of a trial's job: that of the trial, as far as BullMQ takes it, which it does not for a whole number. */
export function jobIdOf(trial: string): string {
  return /^\d+$/.test(trial) ? `0${trial}` : trial;
}
