import { WatchedExperiment } from "../../lib/dashboard/watch/watched_experiment.ts";
import { encodeRecord, type TrialRecord } from "../../lib/journal/journal_record.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { LOCAL } from "../../lib/report/files/result_files.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import type { ActivityLine } from "../../lib/runner/run/activity.ts";
import { EVENTS, GRID, storyOf } from "./fakes.ts";

/** A folder of results that a test writes, and who watches it. */
export interface Watch {
  readonly watched: WatchedExperiment;
  readonly writeCommitted: () => Promise<void>;
  readonly writeJournal: (records: readonly TrialRecord[], rest?: string) => Promise<void>;
  readonly writeActivity: (lines: readonly ActivityLine[], rest?: string) => Promise<void>;
  /** Replaces `specs.jsonl`, which otherwise has the settings of all trials. */
  readonly writeSpecs: (text: string) => Promise<void>;
  /** Reads until there is no more. */
  readonly read: () => Promise<void>;
  /** When the run last gave a sign of life. */
  readonly heartbeatMs: () => Promise<number>;
}

/** Runs a test on a folder of results of its own. */
export function watching(test: (watch: Watch) => Promise<void>): () => Promise<void> {
  return async () => {
    const resultsDir = await Deno.makeTempDir();
    const folder = `${resultsDir}/fake_question`;
    await Deno.mkdir(folder);
    const specs = GRID.trials.map(({ id, model, solver }) => JSON.stringify({ trial: id, model, solver }));
    await Deno.writeTextFile(`${folder}/specs.jsonl`, `${specs.join("\n")}\n`);
    const watched = new WatchedExperiment("fake_question", { resultsDir });
    const append = (name: string, text: string) =>
      Deno.writeTextFile(`${folder}/${name}`, text, { append: true });
    try {
      await test({
        watched,
        writeCommitted: async () => {
          await Deno.writeTextFile(`${folder}/summary.json`, stableJson(storyOf(EVENTS).summary));
          await Deno.writeTextFile(`${folder}/history.csv`, historyCsv(GRID, { events: EVENTS }));
        },
        writeJournal: (records, rest = "") =>
          append("journal.jsonl", records.map(encodeRecord).join("") + rest),
        writeActivity: (lines, rest = "") =>
          append(LOCAL.activity.name, lines.map((line) => `${JSON.stringify(line)}\n`).join("") + rest),
        writeSpecs: (text) => Deno.writeTextFile(`${folder}/specs.jsonl`, text),
        read: async () => {
          while (await watched.refresh());
        },
        heartbeatMs: async () => (await Deno.stat(`${folder}/${LOCAL.activity.name}`)).mtime!.getTime(),
      });
    } finally {
      await Deno.remove(resultsDir, { recursive: true });
    }
  };
}
