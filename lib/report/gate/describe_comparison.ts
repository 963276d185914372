import { testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { testValueOf, valueOf } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { TrialResult } from "../summary/summary.ts";
import { pointName, trialName } from "../summary/trial_name.ts";
import {
  changeText,
  ensembleText,
  gainTexts,
  meansText,
  partingText,
  resultText,
} from "../compare/change_text.ts";
import type { Comparison, EnsembleComparison, TrialComparison, Verdict } from "../compare/comparison.ts";
import { POINT_VERDICTS, verdictTitle } from "../compare/verdicts.ts";
import { type Finding, type PointFinding, severityOf } from "./finding.ts";

const DATA_CHANGED = "Data changed";

/** Returns a finding for each trial of a comparison, or for the reason why there is nothing to compare. */
export function describeComparison(comparison: Comparison): readonly Finding[] {
  const { experiment, file, problem, gate } = comparison;
  const of = (verdict: Finding["verdict"], trial: string | null, message: string): Finding => {
    return {
      experiment,
      file,
      trial,
      point: null,
      verdict,
      severity: severityOf(verdict, gate),
      title: verdictTitle(verdict, gate),
      message,
    };
  };
  if (problem !== null) return [of(problem.verdict, null, problem.message)];
  const points = pointFindings(comparison);
  const findings = comparison.trials.map((trial) => ({
    ...of(trial.verdict, trialName(trial), messageOf(trial, comparison)),
    title: titleOf(trial, comparison),
    point: OF_POINTS.includes(trial.verdict) ? points.get(pointKey(trial.point)) ?? null : null,
  }));
  const { ensemble } = comparison;
  const together = ensemble === undefined ? [] : [
    of(ensemble.verdict, `${pointName(ensemble.point)} (ensemble)`, ensembleMessage(ensemble, comparison)),
  ];
  const reasons = comparison.changes.flatMap(({ reason }) =>
    reason === undefined ? [] : [{ ...of("bits", null, reason), title: DATA_CHANGED }]
  );
  const isDeclaredAnew = comparison.changes.length > 0 &&
    comparison.trials.every(({ verdict }) => verdict === "same");
  if (!isDeclaredAnew) return [...reasons, ...findings, ...together];
  const fields = comparison.changes.map(changeText).join(", ");
  const message = `every trial is the same, what the experiment declares is not: ${fields}; ` +
    acceptText(comparison);
  return [of("obsolete", null, message), ...findings, ...together];
}

function ensembleMessage(ensemble: EnsembleComparison, comparison: Comparison): string {
  const text = ensembleText(ensemble, comparison.gate);
  const { before, after } = ensemble.test;
  if (ensemble.verdict === "new") return `the baseline has no result of it; ${acceptText(comparison)}`;
  if (ensemble.verdict === "incomplete") return "it was not measured: the run did not come to its end";
  return before === after && ensemble.verdict === "bits" ? `${text}, another value of it is not` : text;
}

/** The verdicts on trials that a point's mean covers. */
const OF_POINTS: readonly Verdict[] = [...POINT_VERDICTS, "bits"];

/** Returns what is found of each point that was judged by the mean of several repeats. */
function pointFindings({ points, gate }: Comparison): ReadonlyMap<string, PointFinding> {
  return new Map(
    points.filter(({ repeats }) => repeats > 1).map((point) => [
      pointKey(point.point),
      {
        name: pointName(point.point),
        title: verdictTitle(point.verdict, gate),
        message: meansText(point, gate),
      },
    ]),
  );
}

/** Returns the title of a finding: with other data, other bits are no change of the arithmetic. */
function titleOf({ verdict, baseline, current }: TrialComparison, { changes, gate }: Comparison): string {
  const isOfOtherData = verdict === "bits" && baseline?.trial !== current?.trial &&
    changes.some(({ field }) => field === "dataDigest");
  return isOfOtherData ? DATA_CHANGED : verdictTitle(verdict, gate);
}

const SAID: Readonly<Partial<Record<Verdict, Say>>> = {
  same: ({ current }, { gate }) => `${resultText(current, gate)}, every bit as before`,
  diverged: ({ baseline, current }, { gate }) => `${current?.reason}; it had ${resultText(baseline, gate)}`,
  failed: ({ current }) => `${current?.reason}`,
  new: ({ current }, comparison) =>
    `${resultText(current, comparison.gate)}, and the baseline has no result of it; ${
      acceptText(comparison)
    }`,
  obsolete: (_, comparison) =>
    `the baseline has it and the grid no longer; ${acceptText(comparison, "removes")}`,
  incomplete: () => "it has no result: the run did not come to its end",
};

type Say = (trial: TrialComparison, comparison: Comparison) => string;

function messageOf(trial: TrialComparison, comparison: Comparison): string {
  return (SAID[trial.verdict] ?? changedText)(trial, comparison);
}

function acceptText({ experiment, file }: Comparison, verb = "accepts"): string {
  return `deno task baseline ${file ?? `experiments/${experiment}.ts`} --reason "…" ${verb} it`;
}

function changedText({ baseline, current, parting }: TrialComparison, { changes, gate }: Comparison): string {
  const { metric: name = USUAL_METRIC } = gate;
  const onValidation = (side: TrialResult | null) => side === null ? null : valueOf(side, name);
  const onTest = (side: TrialResult | null) => side === null ? null : testValueOf(side, testName(name));
  const parts = [
    ...gainTexts(name, {
      validation: { before: onValidation(baseline), after: onValidation(current) },
      test: { before: onTest(baseline), after: onTest(current) },
    }),
    parting === null ? statusText(baseline, current) : partingText(parting),
  ];
  if (baseline?.trial !== current?.trial) {
    const fields = changes.map(({ field }) => field).join(", ");
    parts.push(
      `what decides the trial changed (${baseline?.trial} is now ${current?.trial}${
        fields && `: ${fields}`
      })`,
    );
  }
  return parts.filter((part) => part !== "").join("; ");
}

function statusText(before: TrialResult | null, after: TrialResult | null): string {
  if (before === null || after === null) return "";
  return before.status === after.status
    ? "no epoch differs"
    : `it was ${before.status} and is ${after.status}`;
}
