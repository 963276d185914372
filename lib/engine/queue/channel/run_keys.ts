/** Every key that Seedbed has in a Redis begins so. */
export const PREFIX = "seedbed";

/** Name of the one queue that all runs and workers share. */
export const QUEUE = "trials";

/** A key that is written and removed in one step, to see whether Redis takes writes. */
export const PROBE = `${PREFIX}:probe`;

/** Seconds after which the keys of a run expire if its submitter does not renew them: a week. */
export const GIVEN_UP_S = 7 * 24 * 3600;

/** The keys that a run has besides its jobs; the table of `RunChannel` says what they hold. */
export interface RunKeys {
  readonly reports: string;
  readonly wishes: string;
  readonly checkpoints: string;
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

/** Returns the id of a trial's job: the trial's, but with a 0 before a whole number, which BullMQ refuses. */
export function jobIdOf(trial: string): string {
  return /^\d+$/.test(trial) ? `0${trial}` : trial;
}
