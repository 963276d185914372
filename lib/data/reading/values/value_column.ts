import { InputError } from "../../../core/check/errors.ts";
import { quoted } from "../../../core/text/quoted.ts";
import { numberReader } from "../../text/number_reader.ts";
import { type ColumnPlan, misfitText } from "../base/column_plan.ts";
import { failTooMany, MOST_TEXTS } from "../base/column_types.ts";
import { markedNumbers, missingRule } from "../base/table_options.ts";
import type { RowPlace } from "../base/row_place.ts";

/** Options of a {@link ValueColumn}. */
export interface ValueColumnOptions {
  readonly plan: ColumnPlan;
  /** Whether the file says that the column has dates: its numbers are then days. */
  readonly hasDates: boolean;
  /** What stands for a missing value. */
  readonly markers: readonly string[];
}

/** Numbers of typed values have a point. */
const readNumber = numberReader({});

/** Turns the values of a column of a file with typed values into numbers. */
export class ValueColumn {
  /** The distinct texts; null if the column is none of texts. */
  readonly texts: string[] | null;
  readonly #options: ValueColumnOptions;
  readonly #indices = new Map<string, number>();
  readonly #isMissing: (text: string) => boolean;
  readonly #marked: ReadonlySet<number>;

  constructor(options: ValueColumnOptions) {
    this.#options = options;
    this.#isMissing = missingRule(options);
    this.#marked = markedNumbers(options, { numbers: readNumber });
    this.texts = options.plan.type === "text" ? [] : null;
  }

  /**
   * Returns the number that stands for a value: NaN for a missing one, the index of a text in `texts`.
   *
   * @throws {InputError} If it is none of the column's type.
   */
  read(value: unknown, place: RowPlace): number {
    const { plan: { type }, hasDates } = this.#options;
    switch (typeof value) {
      case "undefined":
        return NaN;
      case "string":
        if (this.#isMissing(value)) return NaN;
        return this.texts === null ? this.#readText(value, place) : this.#indexOf(value, place);
      case "boolean":
        if (this.texts === null) return this.#failMisfit(String(value), place);
        return this.#indexOf(String(value), place);
      case "number":
      case "bigint":
        if (Number.isNaN(value) || (!hasDates && this.#marked.has(Number(value)))) return NaN;
        if (hasDates !== (type === "date")) return this.#failMisfit(String(value), place);
        return this.texts === null ? this.#readNumber(value, place) : this.#indexOf(String(value), place);
    }
    if (value === null) return NaN;
    this.#fail(place, `a value must be a number, a text, true or false, found ${describe(value)}`);
  }

  #readNumber(value: number | bigint, place: RowPlace): number {
    const number = Number(value);
    if (typeof value === "bigint" && BigInt(number) !== value) {
      const { name } = this.#options.plan;
      this.#fail(
        place,
        `a whole number must be one of float64, found ${value}; if it is an id, leave it out by drop: [${
          quoted(name)
        }], or declare its column as one of texts`,
      );
    }
    if (Math.abs(number) !== Infinity) return number;
    this.#fail(place, `a number must be finite, found ${number}`);
  }

  #readText(text: string, place: RowPlace): number {
    const { plan } = this.#options;
    const value = plan.type === "date" ? plan.dates(text) : numberOf(text);
    return value ?? this.#failMisfit(text, place);
  }

  #indexOf(text: string, place: RowPlace): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    const index = this.texts!.push(text) - 1;
    if (index === MOST_TEXTS) failTooMany(this.#options.plan, place);
    this.#indices.set(text, index);
    return index;
  }

  #failMisfit(text: string, place: RowPlace): never {
    const { must, remedy } = misfitText(this.#options.plan, text);
    this.#fail(place, `a field must ${must}, found ${quoted(text)}${remedy}`);
  }

  #fail({ file, line }: RowPlace, what: string): never {
    throw new InputError(
      `Cannot read data: ${file} row ${line}, column ${quoted(this.#options.plan.name)}: ${what}`,
    );
  }
}

function numberOf(text: string): number | null {
  const plain = readNumber(text);
  return plain === null || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "a list" : value instanceof Uint8Array ? "bytes" : "an object";
}
