import { sha256Hex } from "../../core/numbers/digest.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue } from "../trial/trial.ts";
import { givenLabel, type Labelled } from "./labelled.ts";

/** A list or an object of plain data, as a value of an axis. */
export type StructuredValue = readonly unknown[] | { readonly [field: string]: unknown };

/** A value as an axis of a grid declares it. */
export type DeclaredValue = AxisValue | StructuredValue | Labelled<unknown>;

/** The axes of a grid: a list of values for each name. */
export type Axes = Readonly<Record<string, readonly DeclaredValue[]>>;

/** What the function `trial` gets of a declared value. */
export type ValueOf<V> = V extends Labelled<infer Value> ? Value : V;

const MOST_LETTERS = 60;
const DIGITS = 6;

/** Returns what stands for a declared value in points, tables and charts: a scalar itself, a text for others. */
export function axisLabel(declared: DeclaredValue): AxisValue {
  const label = givenLabel(declared);
  if (label !== null) return label;
  if (typeof declared !== "object" || declared === null) return declared;
  const text = plainText(declared);
  if (text.length <= MOST_LETTERS) return text;
  // Two long values may begin alike.
  const digest = sha256Hex(new TextEncoder().encode(text)).slice(0, DIGITS);
  return `${text.slice(0, MOST_LETTERS - DIGITS - 2).toWellFormed()}… ${digest}`;
}

/** Returns what the function `trial` gets of a declared value. */
export function axisValue(declared: DeclaredValue): unknown {
  return givenLabel(declared) === null ? declared : (declared as Labelled<unknown>).value;
}

/** Returns plain data as short text: `[100,100]`, `{name:adam,learningRate:0.001}`. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainText).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value).map(([name, field]) => `${name}:${plainText(field)}`).join(",")}}`;
  }
  return typeof value === "number" ? formatFloat64(value) : String(value);
}
