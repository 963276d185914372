import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import { OtherDataError } from "../../journal/check_header.ts";
import { Journal } from "../../journal/journal.ts";
import { type Salvage, salvageJournal } from "../../journal/salvage_journal.ts";
import { setJournalAside } from "../../journal/set_journal_aside.ts";
import { explainData } from "../plan/explain_data.ts";
import { epochsOfPlan } from "../plan/plan_journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";

/** Options of {@link openJournal}. */
export interface OpenJournalOptions {
  /** Renames it, so that every trial runs again. Default: false. */
  readonly fresh?: boolean;
  /** Replaces it by its undamaged records, if it is damaged. Default: false. */
  readonly salvage?: boolean;
  /** Called with notes about the journal. */
  readonly observe: (event: RunEvent) => void;
}

/** An open journal, and what became of an earlier one. */
export interface OpenedJournal {
  readonly journal: Journal;
  /** Whether an earlier journal was renamed. */
  readonly isAside: boolean;
  /** Whether records were lost to damage. */
  readonly isSalvaged: boolean;
}

/**
 * Opens the journal of a plan.
 *
 * @throws {InputError} If another run has it open, a record in it is damaged or missing, or nothing in it can be reused.
 */
export async function openJournal(
  plan: Plan,
  { fresh = false, salvage = false, observe }: OpenJournalOptions,
): Promise<OpenedJournal> {
  const { journalPath, header } = plan;
  const options = { header, epochsOf: epochsOfPlan(plan) };
  const aside = fresh ? setJournalAside(journalPath) : null;
  if (aside !== null) observe({ type: "note", message: `The old journal is now ${aside}.` });
  try {
    const salvaged = salvage ? salvageJournal(journalPath, options) : null;
    if (salvaged !== null) observe({ type: "note", message: salvageText(salvaged) });
    const journal = Journal.open(journalPath, options);
    return { journal, isAside: aside !== null, isSalvaged: salvaged !== null };
  } catch (error) {
    throw error instanceof OtherDataError ? await withCause(error, plan) : error;
  }
}

/** Adds how the data file changed to the error, if its rows did not change. */
async function withCause(error: OtherDataError, plan: Plan): Promise<InputError> {
  const change = await explainData(plan, { dataDigest: error.dataDigest });
  return change?.isOnlyForm ? new InputError(`${error.message}; ${change.text}`, { cause: error }) : error;
}

/** Returns a note about the lost and the kept records of a journal, in a few sentences. */
function salvageText({ aside, damagedLines, kept, dropped }: Salvage): string {
  const damage = damagedLines.length === 0
    ? "Records of the journal are missing"
    : `${named(damagedLines.map(String), "line")} of the journal ${
      damagedLines.length === 1 ? "is" : "are"
    } damaged`;
  const again = dropped.length === 0
    ? "What was lost runs again"
    : `Since not all of their records are whole, these start over: ${named(dropped, "trial")}`;
  return `${damage}. The file is now ${aside}. ${kept.length} ${
    kept.length === 1 ? "trial" : "trials"
  } with a result kept. ${again}.`.replace(/^./, (letter) => letter.toUpperCase());
}

const MOST_LISTED = 8;

function named(items: readonly string[], noun: string): string {
  return `${noun}${items.length === 1 ? "" : "s"} ${listed(items, { most: MOST_LISTED })}`;
}
