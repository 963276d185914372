/** What counts as a change of a trial. */
export const CHANGE_KINDS = ["bits", "accuracy"] as const;

/** `bits`: any value of any epoch. `accuracy`: the best validation accuracy, or metric that decides. */
export type ChangeKind = typeof CHANGE_KINDS[number];
