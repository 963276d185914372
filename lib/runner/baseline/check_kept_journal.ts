import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { HeaderRecord } from "../../journal/journal_record.ts";
import { readJournal } from "../../journal/read_journal.ts";
import { fieldChanges } from "../../report/compare/spec_changes.ts";
import { changeText } from "../../report/compare/change_text.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { epochsOfPlan } from "../plan/plan_journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { readResults } from "../results/read_results.ts";

/** Options of {@link checkKeptJournal}. */
export interface KeptJournalOptions {
  /** The folder with the journal of the experiment. */
  readonly folder: string;
  /** The trials that are to be taken from it. */
  readonly trials: readonly Trial[];
}

const MOST_NAMED = 3;

/**
 * Checks that the journal of results that ran elsewhere has what is to be accepted: the experiment as it is here, and every
 * trial that is to be taken, whole.
 *
 * @throws {InputError} If a record is damaged or missing, or the results are of another experiment, other data or another
 * arithmetic.
 */
export async function checkKeptJournal(
  plan: Plan,
  { folder, trials }: KeptJournalOptions,
): Promise<void> {
  const path = join(folder, LOCAL.journal.name);
  const action = `accept results of ${plan.header.experiment}`;
  const replay = readJournal(path, { epochsOf: epochsOfPlan(plan) });
  if (replay === null || replay.header === null) {
    throw new InputError(`Cannot ${action}: ${path} must be the journal of a run, found none`);
  }
  const { header, log, tornBytes } = replay;
  if (tornBytes > 0) {
    throw new InputError(
      `Cannot ${action}: ${path} must end with a whole record, found ${tornBytes} bytes more`,
    );
  }
  await checkKeptHeader(header, { plan, folder, action });
  const standing = standingOf(plan, log);
  const missing = trials.filter(({ id }) => !standing.log.hasResult(id));
  if (missing.length > 0) {
    const ids = listed(missing, { most: MOST_NAMED, show: ({ id }) => id });
    throw new InputError(
      `Cannot ${action}: ${path} must have a result of all ${trials.length} trials, found none of ${missing.length} ` +
        `(${ids})`,
    );
  }
}

interface HeaderPlace {
  readonly plan: Plan;
  readonly folder: string;
  readonly action: string;
}

async function checkKeptHeader(found: HeaderRecord, { plan, folder, action }: HeaderPlace): Promise<void> {
  const { header } = plan;
  const { numericsVersion, dataDigest, experimentDigest } = header;
  if (found.numericsVersion !== numericsVersion) {
    throw new InputError(
      `Cannot ${action}: they must be of numerics version ${numericsVersion}, found ${found.numericsVersion}`,
    );
  }
  if (found.dataDigest !== dataDigest) {
    throw new InputError(
      `Cannot ${action}: they must be on the data that are here, ${
        dataDigest.slice(0, 16)
      }, found those of ` +
        found.dataDigest.slice(0, 16),
    );
  }
  if (found.experiment === header.experiment && found.experimentDigest === experimentDigest) return;
  throw new InputError(
    `Cannot ${action}: they must be of the experiment as it is here, ${
      experimentDigest.slice(0, 16)
    }, found ` +
      `${found.experimentDigest.slice(0, 16)}${await differenceText(plan, folder)}`,
  );
}

/** Returns the fields that differ, as far as the summary there names them. */
async function differenceText({ loaded }: Plan, folder: string): Promise<string> {
  const results = await readResults(folder).catch(() => null);
  if (results === null) return "";
  const facts = (
    { seed, repeats, ensemble, data, datasets, search, grid, metrics, select }: Omit<
      typeof loaded.experiment,
      "name" | "question" | "conclusion" | "gate"
    >,
  ) => ({ seed, repeats, ensemble, data, datasets, search, grid, metrics, select });
  const changes = fieldChanges(facts(results.summary.experiment), facts(loaded.experiment));
  return changes.length === 0
    ? ", with other settings of trials"
    : `: ${listed(changes, { most: MOST_NAMED, show: changeText })}`;
}
