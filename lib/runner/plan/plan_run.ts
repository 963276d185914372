import { join } from "node:path";
import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import { dataDigest } from "../../data/data_digest.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import { expandGrid } from "../../experiment/points/expand_grid.ts";
import type { HeaderRecord } from "../../journal/journal_record.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { experimentDigest } from "../../report/summary/experiment_digest.ts";
import type { LoadedExperiment } from "./load_experiment.ts";

/** An expanded and checked experiment: all that is known before anything runs or is written. */
export interface Plan {
  readonly loaded: LoadedExperiment;
  readonly dataDigest: string;
  readonly grid: Grid;
  /** The experiment's folder of results. */
  readonly folder: string;
  readonly journalPath: string;
  /** The journal's header for this run. */
  readonly header: HeaderRecord;
}

/**
 * Identifies an experiment's data and makes its trials.
 *
 * @throws {InputError} If the data cannot be identified.
 */
export async function planRun(
  loaded: LoadedExperiment,
  { resultsDir }: { readonly resultsDir: string },
): Promise<Plan> {
  const { experiment, baseDir } = loaded;
  const digest = await dataDigest(experiment.data, { baseDir });
  const grid = expandGrid(loaded, { dataDigest: digest });
  const folder = join(resultsDir, experiment.name);
  return {
    loaded,
    dataDigest: digest,
    grid,
    folder,
    journalPath: join(folder, LOCAL.journal.name),
    header: {
      type: "header",
      experiment: experiment.name,
      experimentDigest: experimentDigest(experiment, { grid }),
      dataDigest: digest,
      numericsVersion: NUMERICS_VERSION,
    },
  };
}
