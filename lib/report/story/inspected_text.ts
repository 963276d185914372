import type { Story } from "./story.ts";

/** What a report says of the nets that were inspected together; empty texts for a net alone. */
export interface InspectedText {
  /** Follows the id of the trial. */
  readonly others: string;
  /** Follows the sentence. */
  readonly note: string;
}

/** Returns what is said of the nets of all folds that were inspected on the test split. */
export function inspectedText({ folds }: Pick<NonNullable<Story["inspection"]>, "folds">): InspectedText {
  if (folds === undefined) return { others: "", note: "" };
  return {
    others: ` and those of the other folds, ${folds.length} nets together`,
    note: " A row's probabilities are the means of theirs; the first layer is that of the best fold.",
  };
}
