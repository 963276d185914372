import { InputError } from "../../core/check/errors.ts";
import { counted } from "../../core/text/counted.ts";

/** The declared sizes of splits: a count of rows each, or a fraction below 1. */
export interface DeclaredSizes {
  /** Default: the rows that the others leave. */
  readonly train?: number;
  /** Default: 0.2. */
  readonly validation?: number;
  /** Default: 0.2. */
  readonly test?: number;
}

/** The rows of each split. */
export interface RowCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Options of {@link splitSizes}. */
export interface SizeOptions {
  /** The rows to divide. */
  readonly rows: number;
  /** Whether the test rows are others, so that none of these is one. Default: false. */
  readonly hasTestRows?: boolean;
  /** The same of validation rows. Default: false. */
  readonly hasValidationRows?: boolean;
}

const DEFAULT_SHARE = 0.2;

/**
 * Returns how many rows each split has. A fraction is of the rows to divide, rounded to the nearest count; if the fractions
 * add up to 1, the training split has the rows that the others leave.
 *
 * @throws {InputError} If a split has no row, or all have more than there are.
 */
export function splitSizes(declared: DeclaredSizes, options: SizeOptions): RowCounts {
  const { rows, hasTestRows = false, hasValidationRows = false } = options;
  const countOf = (size: number) => size < 1 ? Math.round(size * rows) : size;
  const test = hasTestRows ? 0 : countOf(declared.test ?? DEFAULT_SHARE);
  const validation = hasValidationRows ? 0 : countOf(declared.validation ?? DEFAULT_SHARE);
  const rest = rows - validation - test;
  const train = takesRest(declared, options) ? rest : countOf(declared.train!);
  const counts = { train, validation, test };
  const wanted = Math.max(train, 0) + validation + test;
  if (wanted > rows) {
    throw new InputError(
      `Cannot use data: data.train, data.validation and data.test must together be at most the ${
        counted(rows, "row")
      } to divide, found ${wanted}`,
    );
  }
  const asked = [
    "train",
    ...hasValidationRows ? [] : ["validation"],
    ...hasTestRows ? [] : ["test"],
  ] as const;
  const empty = asked.find((name) => counts[name as keyof RowCounts] < 1);
  if (empty === undefined) return counts;
  throw new InputError(
    `Cannot use data: data.${empty} must leave the split at least 1 of the ${
      counted(rows, "row")
    } to divide, found ${counts[empty as keyof RowCounts]}`,
  );
}

/** Fractions such as 0.7, 0.1 and 0.2 add up to 1 but for rounding. */
const ALMOST_ONE = 1 - 1e-9;

function takesRest({ train, validation, test }: DeclaredSizes, options: SizeOptions): boolean {
  if (train === undefined) return true;
  const own = [
    train,
    ...options.hasValidationRows ? [] : [validation ?? DEFAULT_SHARE],
    ...options.hasTestRows ? [] : [test ?? DEFAULT_SHARE],
  ];
  const sum = own.reduce((total, size) => total + size, 0);
  return own.every((size) => size < 1) && sum >= ALMOST_ONE && sum <= 2 - ALMOST_ONE;
}
