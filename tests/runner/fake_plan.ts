import type { Experiment } from "../../lib/experiment/declaration/experiment.ts";
import type { Plan } from "../../lib/runner/plan/plan_run.ts";
import { fakeExperiment, fakeGrid } from "../report/fakes.ts";

/** Returns the plan of an experiment that no file declares: its trials are called `0.1-0` and so on. */
export function fakePlan(
  folder: string,
  { fields = {}, ...others }: Partial<Plan> & { readonly fields?: Partial<Experiment> } = {},
): Plan {
  const experiment = fakeExperiment(fields);
  const header = {
    type: "header",
    experiment: experiment.name,
    experimentDigest: "e",
    dataDigest: "d",
    numericsVersion: 1,
  } as const;
  return {
    loaded: {
      experiment,
      settings: [],
      file: "experiments/fake_question.ts",
      baseDir: "experiments",
      overrides: [],
      isTrusted: false,
    } as unknown as Plan["loaded"],
    dataDigest: "d",
    datasets: new Map([["d", experiment.data]]),
    grid: fakeGrid(experiment),
    folder,
    journalPath: `${folder}/journal.jsonl`,
    header,
    ...others,
  };
}
