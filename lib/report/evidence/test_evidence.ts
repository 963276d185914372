import type { Inspection } from "../../experiment/trial/inspection.ts";
import { type Calibration, calibration } from "../../statistics/calibration.ts";
import { type ClassMeasures, classMeasures } from "../../statistics/class_measures.ts";

/** What the test split says of the winner's best repeat. */
export interface TestEvidence {
  /** One a class, in label order; empty if there are too many for a confusion matrix. */
  readonly classes: readonly (ClassMeasures & { readonly name: string })[];
  /** Null in results of version 0.1, and for huge test splits. */
  readonly calibration: Calibration | null;
}

/** Returns the measures of an inspection. */
export function testEvidence({ classNames, confusion, predictions }: Inspection): TestEvidence {
  return {
    classes: classMeasures(confusion).map((measures, label) => ({ name: classNames[label], ...measures })),
    calibration: predictions === undefined
      ? null
      : calibration(predictions.predicted.map((predicted, row) => ({
        probability: predictions.probabilities[row],
        isRight: predicted === predictions.labels[row],
      }))),
  };
}
