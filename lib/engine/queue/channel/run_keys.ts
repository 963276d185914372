/** Every key of Seedbed in Redis begins with this. */
export const PREFIX = "seedbed";

/** Name of the one queue that all runs and workers share. */
export const QUEUE = "trials";

/** A key that is written and removed in one step, to test whether Redis accepts writes. */
export const PROBE = `${PREFIX}:probe`;

/** Seconds after which the keys of a run expire if its submitter does not renew them: a week. */
export const GIVEN_UP_S = 7 * 24 * 3600;

/** The keys of a run besides its jobs; see the table of `RunChannel`. */
export interface RunKeys {
  readonly reports: string;
  /** Named "wishes" in Redis, as in version 0.1.0. */
  readonly checkpointIntervals: string;
  readonly checkpoints: string;
  readonly files: string;
}

/** Returns the keys of a run. */
export function runKeys(run: string): RunKeys {
  const key = (name: string) => `${PREFIX}:run:${run}:${name}`;
  return {
    reports: key("reports"),
    checkpointIntervals: key("wishes"),
    checkpoints: key("checkpoints"),
    files: key("files"),
  };
}

/** Returns the id of a trial's job: the trial's id, with a 0 before it if it is all digits, which BullMQ refuses. */
export function jobIdOf(trial: string): string {
  return /^\d+$/.test(trial) ? `0${trial}` : trial;
}
