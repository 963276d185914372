import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { Journal } from "../../lib/journal/journal.ts";
import { encodeRecord, type HeaderRecord, type LogRecord } from "../../lib/journal/journal_record.ts";
import { inFolder } from "../helpers/in_folder.ts";
import { doneEvents } from "../report/fakes.ts";

/** How a journal begins. */
export const HEADER: HeaderRecord = {
  type: "header",
  experiment: "fake_question",
  experimentDigest: "e1",
  dataDigest: "d1",
  numericsVersion: 1,
};

/** How it is opened: each of its trials has one epoch. */
export const OPTIONS = { header: HEADER, epochsOf: (trial: string) => "abc".includes(trial) ? 1 : undefined };

/** One trial is done and tested, one diverged after its first epoch, one is under way, one failed. */
export const RECORDS: readonly LogRecord[] = [
  { type: "warnings", warnings: [{ code: "c", where: "here", message: "odd" }] },
  ...doneEvents("a", 0.5),
  doneEvents("b", 0.25)[0],
  { type: "diverged", trial: "b", epoch: 1, reason: "loss is NaN" },
  doneEvents("c", 0.25)[0],
  { type: "failed", trial: "x", reason: "its worker broke down \u2028 for good" },
  { type: "test", trial: "a", testAccuracy: 0.75 },
];

/** The header and the records as they stand in the file. */
export const LINES = [HEADER, ...RECORDS].map(encodeRecord);

/** Runs a test with the path of a journal that is not there yet. */
export function withJournal(test: (path: string) => void | Promise<void>): () => Promise<void> {
  return inFolder((folder) => test(`${folder}/results/journal.jsonl`));
}

/** Writes events to a journal, or behind what one has. */
export async function writeJournal(
  path: string,
  events: readonly TrialEvent[],
  header = HEADER,
): Promise<void> {
  await using journal = Journal.open(path, { header });
  for (const event of events) journal.append(event);
}
