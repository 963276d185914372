import { DATE_TOKEN } from "../../data/text/date_reader.ts";
import { type Arithmetic, arithmeticOf } from "./onnx_arithmetic.ts";
import { addDaysOf, type DateFields } from "./onnx_date_parts.ts";
import { DATA_TYPES, type OnnxGraph } from "./onnx_graph.ts";
import { literalPattern } from "./onnx_patterns.ts";

const HOUR = "(?:[01][0-9]|2[0-3])";
const SIXTIETH = "[0-5][0-9]";
const ISO = `[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])` +
  `(?:[T ]${HOUR}:${SIXTIETH}(?::${SIXTIETH}(?:[.,][0-9]{1,9})?)?(?:Z|[+-]${HOUR}(?::?${SIXTIETH})?)?)?`;

/** The tokens of a format: what each stands for, as a regular expression, and an example. */
const TOKENS: Readonly<Record<string, { readonly pattern: string; readonly example: string }>> = {
  YYYY: { pattern: "[0-9]{4}", example: "2000" },
  MM: { pattern: "(?:0[1-9]|1[0-2])", example: "01" },
  M: { pattern: "(?:0?[1-9]|1[0-2])", example: "01" },
  DD: { pattern: "(?:0[1-9]|[12][0-9]|3[01])", example: "01" },
  D: { pattern: "(?:0?[1-9]|[12][0-9]|3[01])", example: "01" },
  HH: { pattern: HOUR, example: "00" },
  mm: { pattern: SIXTIETH, example: "00" },
  ss: { pattern: SIXTIETH, example: "00" },
};

/** Around a date; of other blanks, operations would make no number. */
const BLANKS = "[ \\t]*";

/**
 * Returns whether a graph can read dates of a format: numbers of a fixed width, or with something around them that is no
 * digit. It can read ISO 8601, which has no format.
 */
export function isReadableFormat(format: string | undefined): boolean {
  if (format === undefined) return true;
  const { tokens, literals } = partsOf(format);
  return literals.every((literal) => !/[0-9]/.test(literal)) &&
    tokens.every((token, index) => {
      const isApart = [index, index + 1].every((at) =>
        literals[at] !== "" || at === 0 || at === tokens.length
      );
      return token !== "MMM" && (token.length > 1 || isApart);
    });
}

/**
 * Adds the reading of dates: from texts, `[batch, 1]`, to days since 1970-01-01 with the time of day as a fraction. A text
 * that is no date becomes NaN.
 *
 * @param format One for which {@link isReadableFormat} is true; undefined for ISO 8601.
 */
export function addDates(
  graph: OnnxGraph,
  { text, format }: { readonly text: string; readonly format: string | undefined },
): string {
  const math = arithmeticOf(graph);
  const { pattern, example } = format === undefined
    ? { pattern: ISO, example: "2000-01-01" }
    : formOf(format);
  // Where a format has blanks of its own, none may stand around it.
  const around = format !== undefined && /\s/.test(format) ? "" : BLANKS;
  const isDate = graph.add("RegexFullMatch", [text], { pattern: `${around}${pattern}${around}` });
  // Other texts could not be split.
  const safe = graph.add("Where", [isDate, text, graph.texts([example])]);
  const { seconds, ...date } = format === undefined
    ? isoTime(graph, { math, text: safe })
    : formatTime(graph, {
      math,
      text: around === "" ? safe : split(graph, { text: safe, count: 1 })[0],
      format,
    });
  const days = addDaysOf(math, date);
  const time = seconds === null ? days : math.divide(math.add(math.multiply(days, 86_400), seconds), 86_400);
  return math.where(isDate, time, NaN);
}

/** A day, and the seconds since it began; null if there is no time of day. */
interface Time extends DateFields {
  readonly seconds: string | null;
}

interface Reading {
  readonly math: Arithmetic;
  readonly text: string;
}

function isoTime(graph: OnnxGraph, { math, text }: Reading): Time {
  const { add, subtract, multiply, where } = math;
  const marked = graph.join(text, { constant: "T" });
  const [before, after] = split(graph, { text: marked, delimiter: "T", count: 2 });
  const words = graph.join(before, { constant: " " }, after, { constant: " 00:00:00" });
  // The time of day is the second word, or midnight.
  const [date, time] = split(graph, { text: words, count: 2 });
  const [year, month, day] = split(graph, { text: date, delimiter: "-", count: 3 }).map(numberIn(graph));
  const { clock, ahead } = zoneOf(graph, { math, text: time });
  const full = graph.join(clock, { constant: ":00" });
  const [hour, minute, second] = split(graph, { text: full, delimiter: ":", count: 3 });
  const [whole, fraction] = split(graph, {
    text: graph.join(second, { constant: "," }),
    delimiter: ",",
    count: 2,
  });
  const isWhole = graph.add("Equal", [fraction, graph.texts([""])]);
  const pointed = where(isWhole, whole, graph.join(whole, { constant: "." }, fraction));
  const [hours, minutes, seconds] = [hour, minute, pointed].map(numberIn(graph));
  const total = subtract(add(multiply(hours, 60), minutes), ahead);
  return { year, month, day, seconds: add(multiply(total, 60), seconds) };
}

/** Returns a time of day without its zone, and the minutes by which the zone is ahead. */
function zoneOf(
  graph: OnnxGraph,
  { math, text }: Reading,
): { readonly clock: string; readonly ahead: string } {
  const { add, subtract, multiply, whole, where } = math;
  const cut = (value: string, delimiter: string) =>
    split(graph, { text: graph.join(value, { constant: delimiter }), delimiter, count: 2 });
  const [plain] = cut(text, "Z");
  const [east, plus] = cut(plain, "+");
  const [clock, minus] = cut(east, "-");
  const [hour, minute] = cut(graph.join(plus, minus), ":");
  const digits = graph.join(hour, minute);
  const none = graph.add("Equal", [digits, graph.texts([""])]);
  const short = graph.add("RegexFullMatch", [digits], { pattern: "[0-9]{2}" });
  const long = where(short, graph.join(digits, { constant: "00" }), digits);
  const number = numberIn(graph)(graph.add("Where", [none, graph.texts(["0000"]), long]));
  const hours = whole(number, 100);
  const minutes = add(multiply(hours, 60), subtract(number, multiply(hours, 100)));
  const isEast = graph.add("Equal", [minus, graph.texts([""])]);
  return { clock, ahead: where(isEast, minutes, subtract(0, minutes)) };
}

/** Returns the tokens of a format, and what stands before, between and after them. */
function partsOf(
  format: string,
): { readonly tokens: readonly string[]; readonly literals: readonly string[] } {
  return { tokens: format.match(DATE_TOKEN) ?? [], literals: format.split(DATE_TOKEN) };
}

/** Returns the regular expression of a format, and an example. */
function formOf(format: string): { readonly pattern: string; readonly example: string } {
  const { tokens, literals } = partsOf(format);
  const join = (texts: readonly string[], between: readonly string[]) =>
    between.map((text, index) => text + (texts[index] ?? "")).join("");
  return {
    pattern: join(tokens.map((token) => TOKENS[token].pattern), literals.map(literalPattern)),
    example: join(tokens.map((token) => TOKENS[token].example), literals),
  };
}

/** Reads a date piece by piece: what stands between two pieces has no digits, so its first place is the right one. */
function formatTime(graph: OnnxGraph, { math, text, format }: Reading & { readonly format: string }): Time {
  const { tokens, literals } = partsOf(format);
  const values = new Map<string, string>();
  let rest = text;
  let adjacent: string[] = [];
  literals.forEach((literal, index) => {
    const isLast = index === tokens.length;
    if (literal !== "" || isLast) {
      const [piece, ...others] = literal === ""
        ? [rest]
        : split(graph, { text: rest, delimiter: literal, count: 2, most: 1 });
      if (adjacent.length > 0) readDigits(graph, { math, text: piece, tokens: adjacent, values });
      adjacent = [];
      rest = others[0] ?? rest;
    }
    if (!isLast) adjacent.push(tokens[index]);
  });
  const valueOf = (...names: readonly string[]) => values.get(names.find((name) => values.has(name)) ?? "");
  const [hour, minute, second] = ["HH", "mm", "ss"].map((name) => valueOf(name));
  const hasTime = [hour, minute, second].some((value) => value !== undefined);
  const { add, multiply } = math;
  return {
    year: valueOf("YYYY")!,
    month: valueOf("MM", "M")!,
    day: valueOf("DD", "D")!,
    seconds: hasTime ? add(multiply(add(multiply(hour ?? 0, 60), minute ?? 0), 60), second ?? 0) : null,
  };
}

interface Digits extends Reading {
  /** The tokens that stand side by side. */
  readonly tokens: readonly string[];
  /** Takes the value of each token. */
  readonly values: Map<string, string>;
}

function readDigits(graph: OnnxGraph, { math, text, tokens, values }: Digits): void {
  const { subtract, multiply, whole } = math;
  let rest = numberIn(graph)(text);
  for (const token of tokens.toReversed()) {
    if (token === tokens[0]) {
      values.set(token, rest);
      return;
    }
    const base = token === "YYYY" ? 10_000 : 100;
    const above = whole(rest, base);
    values.set(token, subtract(rest, multiply(above, base)));
    rest = above;
  }
}

function numberIn(graph: OnnxGraph): (text: string) => string {
  return (text) => graph.add("Cast", [text], { to: DATA_TYPES.float64 });
}

interface Splitting {
  readonly text: string;
  /** Default: blanks. */
  readonly delimiter?: string;
  /** How many pieces are needed: each row must have as many. */
  readonly count: number;
  /** How often it is split at most. Default: as often as it can be. */
  readonly most?: number;
}

function split(graph: OnnxGraph, { text, delimiter, count, most }: Splitting): readonly string[] {
  const attributes = {
    ...delimiter === undefined ? {} : { delimiter },
    ...most === undefined ? {} : { maxsplit: most },
  };
  const [pieces] = graph.addMany("StringSplit", [text], { attributes, outputs: 2 });
  return Array.from(
    { length: count },
    (_, index) => graph.add("Gather", [pieces, graph.integers([index], [])], { axis: 2 }),
  );
}
