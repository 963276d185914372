import { readFixtures } from "../golden/fixtures.ts";

/** The numbers of scipy and statsmodels, made by `tests/golden/make_statistics.py`. */
export interface StatisticsFixtures {
  readonly student: readonly { readonly t: number; readonly degrees: number; readonly tail: number }[];
  readonly quantiles: readonly {
    readonly degrees: number;
    readonly tail: number;
    readonly quantile: number;
  }[];
  readonly paired: readonly PairedFixture[];
  readonly signFlips: readonly { readonly differences: readonly number[]; readonly p: number }[];
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
  readonly wilson: readonly {
    readonly count: number;
    readonly rows: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly mcnemar: readonly { readonly onlyLeft: number; readonly onlyRight: number; readonly p: number }[];
  readonly maxima: readonly { readonly k: number; readonly maximum: number }[];
  readonly powers: readonly {
    readonly mean: number;
    readonly standardDeviation: number;
    readonly repeats: number;
  }[];
  readonly factorials: readonly {
    readonly levelCounts: readonly number[];
    readonly cells: readonly { readonly levels: readonly number[]; readonly value: number }[];
    readonly single: readonly number[];
    readonly pairs: readonly number[];
  }[];
}

interface PairedFixture {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly p: number;
  readonly low: number;
  readonly high: number;
  readonly folds: readonly {
    readonly heldOutRatio: number;
    readonly p: number;
    readonly halfWidth: number;
  }[];
}

export const FIXTURES = await readFixtures<StatisticsFixtures>("statistics");
