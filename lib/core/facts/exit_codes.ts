/** The exit codes of all commands. */
export const EXIT_CODES = {
  good: 0,
  different: 1,
  wrongInput: 2,
  noBaseline: 3,
  lostTrial: 4,
  incomplete: 6,
  fault: 70,
  interrupted: 130,
} as const;

/** The meaning of each exit code, for help texts and guides. */
export const EXIT_CODE_MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  good: "success: the results are unchanged",
  different: "an accuracy or another bit differs from the committed result, or between two runs",
  wrongInput: "a wrong flag, experiment file, data set, path or permission",
  noBaseline: "a baseline is missing, damaged or obsolete",
  lostTrial: "a trial failed or diverged, or a row has no finite score",
  incomplete: "a run, a check or a merge is incomplete",
  fault: "an error in Seedbed itself",
  interrupted: "interrupted; finished trials are kept",
};
