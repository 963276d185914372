import type {
  PreparedBoolean,
  PreparedCategories,
  PreparedColumn,
  PreparedDate,
  PreparedNumbers,
  PreparedOrdinal,
  Scale,
} from "../../data/base/preparation.ts";
import { arithmeticOf } from "./onnx_arithmetic.ts";
import { addDateParts } from "./onnx_date_parts.ts";
import { addDates, isReadableFormat } from "./onnx_dates.ts";
import { DATA_TYPES, type OnnxGraph } from "./onnx_graph.ts";
import { missingPattern, truthPattern } from "./onnx_patterns.ts";

/** Returns whether a column is given to a graph as numbers; else as texts. */
export function isGivenAsNumbers(column: PreparedColumn): boolean {
  return column.kind === "numeric" || (column.kind === "date" && !isReadableFormat(column.format));
}

/** Options of {@link addPreparation}. */
export interface PreparationOptions {
  /** Texts that stand for a missing value, besides blanks. */
  readonly markers: readonly string[];
}

/**
 * Adds the preparation of a table's columns: from an input for each of them, `[batch, 1]`, named as the column, to the features,
 * `[batch, inputDim]` of double. The arithmetic is that of `prepareColumn` in `lib/data/preparation`.
 *
 * An operation cannot refuse a value: where `prepareColumn` throws, a feature is NaN or infinite.
 */
export function addPreparation(
  graph: OnnxGraph,
  columns: readonly PreparedColumn[],
  { markers }: PreparationOptions,
): string {
  const features = columns.flatMap((column) => {
    const missing = isGivenAsNumbers(column)
      ? graph.add("IsNaN", [column.name])
      : graph.add("RegexFullMatch", [column.name], { pattern: missingPattern(markers) });
    const own = featuresOf(graph, column, missing);
    const mark = column.isMarked ? [arithmeticOf(graph).toNumber(missing)] : [];
    return [...own, ...mark];
  });
  return graph.add("Concat", features, { axis: 1 });
}

/** Returns the features of a column without its mark: values of one column, or of several. */
function featuresOf(graph: OnnxGraph, column: PreparedColumn, missing: string): readonly string[] {
  switch (column.kind) {
    case "numeric":
      return [scaled(graph, filled(graph, { column, missing, value: column.name }), column.scale)];
    case "ordinal":
      return [scaled(graph, filled(graph, { column, missing, value: ordinal(graph, column) }), column.scale)];
    case "boolean":
      return [filled(graph, { column, missing, value: truth(graph, column) })];
    case "date":
      return dateFeatures(graph, column, missing);
    case "categorical":
      return [categories(graph, column, missing)];
  }
}

interface Filling {
  readonly column: PreparedNumbers | PreparedOrdinal | PreparedBoolean | PreparedDate;
  /** Whether a value is missing. */
  readonly missing: string;
  readonly value: string;
}

function filled(graph: OnnxGraph, { column: { isRequired, fill }, missing, value }: Filling): string {
  return arithmeticOf(graph).where(missing, isRequired ? NaN : fill, value);
}

function scaled(graph: OnnxGraph, value: string, { isLogarithmic, offset, divisor }: Scale): string {
  const { subtract, divide } = arithmeticOf(graph);
  if (isLogarithmic) return log1p(graph, value);
  const centred = offset === 0 ? value : subtract(value, offset);
  return divisor === 1 ? centred : divide(centred, divisor);
}

/** Goldberg's ln(1 + x), as `lib/data/preparation/log1p.ts` has it; NaN from -1 down. */
function log1p(graph: OnnxGraph, value: string): string {
  const { add, subtract, multiply, divide, equal, atMost, where } = arithmeticOf(graph);
  const sum = add(value, 1);
  const whole = divide(multiply(graph.add("Log", [sum]), value), subtract(sum, 1));
  return where(atMost(value, -1), NaN, where(equal(sum, 1), value, whole));
}

/** Returns the place of each text in the order; NaN if it has none. */
function ordinal(graph: OnnxGraph, { name, order }: PreparedOrdinal): string {
  const { toNumber, equal, where } = arithmeticOf(graph);
  const hot = toNumber(graph.add("Equal", [name, graph.texts(order)]));
  const places = graph.doubles(order.map((_, index) => index), [order.length, 1]);
  return where(equal(sumOf(graph, hot), 0), NaN, graph.add("MatMul", [hot, places]));
}

/** Returns the truth value of each text; NaN if it is none. */
function truth(graph: OnnxGraph, { name }: PreparedBoolean): string {
  const { where } = arithmeticOf(graph);
  const is = (value: 0 | 1) => graph.add("RegexFullMatch", [name], { pattern: truthPattern(value) });
  return where(is(1), 1, where(is(0), 0, NaN));
}

function dateFeatures(graph: OnnxGraph, column: PreparedDate, missing: string): readonly string[] {
  const { name, format, first, parts } = column;
  const math = arithmeticOf(graph);
  const days = isReadableFormat(format) ? addDates(graph, { text: name, format }) : name;
  const value = filled(graph, { column, missing, value: days });
  const calendar = parts.some(({ part }) => part !== "days") ? addDateParts(math, value) : null;
  return parts.map(({ part, scale }) => {
    const number = part === "days" || calendar === null ? math.subtract(value, first) : calendar[part];
    return scaled(graph, number, scale);
  });
}

/** Returns a column for each category; NaN where the text is an error. */
function categories(graph: OnnxGraph, column: PreparedCategories, missing: string): string {
  const { name, categories, fill, isClosed, isRequired } = column;
  const { toNumber, equal, where, add } = arithmeticOf(graph);
  // No category is the empty text.
  const text = graph.add("Where", [missing, graph.texts([fill ?? ""]), name]);
  const hot = toNumber(graph.add("Equal", [text, graph.texts(categories)]));
  if (!isClosed && !isRequired) return hot;
  const unknown = isClosed ? equal(sumOf(graph, hot), 0) : null;
  const refused = unknown === null
    ? missing
    : isRequired
    ? graph.add("Or", [unknown, missing])
    : graph.add("And", [unknown, graph.add("Not", [missing])]);
  return add(hot, where(refused, NaN, 0));
}

/** Returns the sum of each row, `[batch, 1]`. */
export function sumOf(graph: OnnxGraph, value: string): string {
  return graph.add("ReduceSum", [value, graph.integers([1])], { keepdims: 1 });
}

/** Returns the inputs of a graph with a preparation: their names, and their types of ONNX. */
export function preparedInputs(
  columns: readonly PreparedColumn[],
): readonly { readonly name: string; readonly elemType: number }[] {
  return columns.map((column) => ({
    name: column.name,
    elemType: isGivenAsNumbers(column) ? DATA_TYPES.float64 : DATA_TYPES.string,
  }));
}
