import { type LoadedExperiment, loadExperiment } from "../../lib/runner/plan/load_experiment.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Loads an experiment of this project and copies its committed results, without the journal that this folder may have. */
export async function cloneOf(
  name: string,
  { resultsDir }: { readonly resultsDir: string },
): Promise<LoadedExperiment> {
  const folder = `${resultsDir}/${name}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of ["summary.json", "trials.csv", "history.csv"]) {
    await Deno.copyFile(`${ROOT}results/${name}/${file}`, `${folder}/${file}`);
  }
  return await loadExperiment(`${ROOT}experiments/${name}.ts`);
}
