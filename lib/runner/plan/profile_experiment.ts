import { differenceTexts } from "../../data/difference_texts.ts";
import { type FileFields, profileData, profileFile } from "../../data/profile_data.ts";
import { dataOf } from "../../experiment/declaration/experiment.ts";
import type { ProfiledData } from "../../report/page/data_page.ts";
import type { LoadedExperiment } from "./load_experiment.ts";
import { type PlanDataOptions, progressTo } from "./load_plan_data.ts";

/**
 * Returns what each data set of an experiment holds.
 *
 * @throws {InputError} If one cannot be loaded.
 */
export async function profileExperiment(
  { experiment, baseDir }: LoadedExperiment,
  options: PlanDataOptions,
): Promise<readonly ProfiledData[]> {
  const specs = dataOf(experiment);
  const texts = differenceTexts(specs);
  const profiles: ProfiledData[] = [];
  for (const [index, spec] of specs.entries()) {
    const title = specs.length === 1 ? experiment.name : `${experiment.name}, data with ${texts[index]}`;
    profiles.push({ title, profile: await profileData(spec, { ...loadOptions(options), baseDir }) });
  }
  return profiles;
}

/**
 * Returns what a file holds that no experiment declares.
 *
 * @throws {InputError} If it cannot be read, or has no such label or target.
 */
export async function profileTableFile(
  file: string,
  { label, target, markers, hasHeader, decimalComma, ...options }: FileFields & PlanDataOptions,
): Promise<ProfiledData> {
  const fields = { label, target, markers, hasHeader, decimalComma };
  return { title: file, profile: await profileFile(file, { ...fields, ...loadOptions(options) }) };
}

function loadOptions({ cacheDir, dataDir, signal, observe }: PlanDataOptions) {
  return { cacheDir, folder: dataDir, signal, onProgress: progressTo(observe) };
}
