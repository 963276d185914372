import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { openStream } from "../../lib/core/numbers/random.ts";
import type { Inspection } from "../../lib/experiment/trial/inspection.ts";
import { axisEffects } from "../../lib/report/evidence/axis_effects.ts";
import { evidenceOf } from "../../lib/report/evidence/evidence.ts";
import { variedAxesOf } from "../../lib/report/evidence/varied_axes.ts";
import { paperFiles } from "../../lib/report/paper/paper_files.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { integerPower } from "../../lib/statistics/integer_power.ts";
import { mcnemarTest } from "../../lib/statistics/mcnemar_test.ts";
import { studentQuantile, studentTail } from "../../lib/statistics/student_t.ts";
import { gridSummary, type PointValues } from "../report/evidence/grid_summary.ts";
import { textOf } from "./text_of.ts";

/**
 * Returns the digest of statistics, of the evidence of three experiments, and of what is written of them for a paper: the
 * exact analysis of variance and the forest, sign flips that are counted and that are drawn.
 */
export function statisticsDigest(): string {
  const stream = openStream("statistics/program");
  const grid = (repeats: number, isWhole: boolean): readonly PointValues[] =>
    [1e-3, 1e-2, 0.1].flatMap((rate) =>
      [null, "batchnorm"].map((norm): PointValues => {
        const values = Array.from({ length: repeats }, () => 0.5 + stream.uniform() / 3);
        return [{ rate, norm }, isWhole || rate > 1e-3 ? values : values.map(() => null)];
      })
    );
  const predictions = {
    labels: [0, 1, 1, 0],
    predicted: [0, 1, 0, 0],
    probabilities: [0.9, 0.71, 0.55, 0.999],
  };
  const inspection = {
    trial: "0-0",
    classNames: ["one", "two & a half"],
    image: null,
    confusion: [[2, 0], [1, 1]],
    mistakes: [],
    filters: [],
    predictions,
  };
  const stories = [grid(5, true), grid(20, true), grid(1, false)].map((rows) => gridSummary(rows));
  const evidence = stories.map((summary) => [
    evidenceWithEffects(summary, inspection),
    [...paperFiles({ summary, curves: new Map(), inspection })],
  ]);
  const numbers = [1, 2, 7, 30, 999].map((degrees) => [
    studentQuantile({ degrees }),
    ...[0.1, 1.3, 6].map((t) => studentTail(t, { degrees })),
    mcnemarTest({ onlyLeft: degrees, onlyRight: 40 }),
    integerPower(1.0001, degrees),
  ]);
  return sha256Hex(new TextEncoder().encode(textOf([evidence, numbers])));
}

/** The evidence of an experiment, and the effects of its axes, which the charts compute. */
function evidenceWithEffects(summary: Summary, inspection: Inspection) {
  const { shares, test, ...evidence } = evidenceOf(summary, { inspection });
  const effects = variedAxesOf(summary).map((axis) => axisEffects(summary, axis)).filter((found) =>
    found !== null
  );
  return { ...evidence, effects, shares, test };
}
