import { join } from "node:path";
import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import { digestJson } from "../../core/numbers/digest.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { dataDigest } from "../../data/data_digest.ts";
import { dataOf } from "../../experiment/declaration/experiment.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import { expandGrid } from "../../experiment/points/expand_grid.ts";
import type { HeaderRecord } from "../../journal/journal_record.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { experimentDigest } from "../../report/summary/experiment_digest.ts";
import type { LoadedExperiment } from "./load_experiment.ts";

/** An expanded and checked experiment: all that is known before anything runs or is written. */
export interface Plan {
  readonly loaded: LoadedExperiment;
  /** SHA-256 of the data; of several data sets, a digest of theirs, whatever their order. */
  readonly dataDigest: string;
  /** The data sets by their digests, in the order of their first use. */
  readonly datasets: ReadonlyMap<string, DataSpec>;
  readonly grid: Grid;
  /** The experiment's folder of results. */
  readonly folder: string;
  readonly journalPath: string;
  /** The journal's header for this run. */
  readonly header: HeaderRecord;
  /** See {@link PlanOptions}. */
  readonly stops?: ReadonlyMap<string, number>;
}

/** Options of {@link planRun}. */
export interface PlanOptions {
  /** Folder of results, with a folder per experiment. */
  readonly resultsDir: string;
  /**
   * Where trials of a search stop, by trial, where a part of it runs that cannot decide; the others run to their ends. Default:
   * the rungs decide.
   */
  readonly stops?: ReadonlyMap<string, number>;
}

/**
 * Identifies an experiment's data and makes its trials.
 *
 * @throws {InputError} If the data cannot be identified.
 */
export async function planRun(
  loaded: LoadedExperiment,
  { resultsDir, stops }: PlanOptions,
): Promise<Plan> {
  const { experiment, baseDir } = loaded;
  const digests = new Map<DataSpec, string>();
  for (const spec of dataOf(experiment)) digests.set(spec, await dataDigest(spec, { baseDir }));
  const grid = expandGrid(loaded, { dataDigest: (spec) => digests.get(spec)! });
  const folder = join(resultsDir, experiment.name);
  const datasets = new Map([...digests].map(([spec, digest]) => [digest, spec]));
  const ownDigests = [...datasets.keys()].sort();
  const several = ownDigests.length === 1 ? {} : { dataDigests: ownDigests };
  const digest = ownDigests.length === 1 ? ownDigests[0] : digestJson(ownDigests);
  return {
    loaded,
    dataDigest: digest,
    datasets,
    grid,
    folder,
    journalPath: join(folder, LOCAL.journal.name),
    header: {
      type: "header",
      experiment: experiment.name,
      experimentDigest: experimentDigest(experiment, { grid }),
      dataDigest: digest,
      ...several,
      numericsVersion: NUMERICS_VERSION,
    },
    ...stops === undefined ? {} : { stops },
  };
}
