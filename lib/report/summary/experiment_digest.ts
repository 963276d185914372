import { digestJson, type Json } from "../../core/numbers/digest.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { Trial } from "../../experiment/trial/trial.ts";

/**
 * Returns the SHA-256 of all that determines an experiment's results: its declaration and the trials of its grid. The
 * question is left out: rewording it changes no result.
 */
export function experimentDigest(
  experiment: ExperimentFacts,
  { grid }: { readonly grid: { readonly trials: readonly Pick<Trial, "id">[] } },
): string {
  const { name, seed, repeats, ensemble, data, datasets, search, grid: axes } = experiment;
  const trials = grid.trials.map(({ id }) => id);
  const optional = {
    ...datasets === undefined ? {} : { datasets },
    ...search === undefined ? {} : { search },
    ...ensemble === undefined ? {} : { ensemble },
  };
  return digestJson({ name, seed, repeats, data, ...optional, grid: axes, trials } as unknown as Json);
}
