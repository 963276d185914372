import { openStream } from "../../lib/core/numbers/random.ts";
import type { ClassFields, CommonFields } from "../../lib/data/table/declaration/table_fields.ts";
import type { Texts } from "./table_models.ts";

/** Every kind of column, scaling, fill and format; some columns have the names of a net's tensors and values. */
export const FIELDS: Omit<CommonFields, "file"> & ClassFields = {
  label: "class",
  train: 0.6,
  validation: 0.2,
  test: 0.2,
  missing: { markers: ["?", "n.a. (x)"] },
  columns: {
    mean: { kind: "numeric", missing: "mean" },
    scores: { kind: "numeric", scaling: "minMax", missing: "indicator" },
    x: { kind: "numeric", scaling: "robust", missing: { constant: 3.5 } },
    W1: { kind: "numeric", scaling: "log1p" },
    value1: { kind: "numeric", scaling: "none", missing: "mostFrequent" },
    size: { kind: "ordinal", order: ["S", "M", "L"], missing: "indicator" },
    grade: { kind: "ordinal", order: ["low", "high"], scaling: "none", missing: { constant: "high" } },
    member: { kind: "boolean", missing: "indicator" },
    smoker: { kind: "boolean", missing: "mostFrequent" },
    city: { kind: "categorical", missing: "indicator" },
    colour: { kind: "categorical", missing: "mostFrequent" },
    shape: { kind: "categorical", missing: { constant: "round" } },
    day: {
      kind: "date",
      parts: ["days", "year", "month", "day", "weekday", "dayOfYear"],
      missing: "indicator",
    },
    time: { kind: "date", parts: ["days", "hour", "weekday"], missing: "mean" },
    german: { kind: "date", format: "DD.MM.YYYY", parts: ["days", "month"] },
    short: { kind: "date", format: "D/M/YYYY HH:mm", parts: ["days", "hour"] },
    packed: { kind: "date", format: "YYYYMMDDHHmmss", parts: ["year", "day", "hour"], scaling: "none" },
  },
};

/** Returns random rows of these columns; as in files, they have missing values, and unseen categories where that is asked. */
export function mixedRows(
  count: number,
  { seed, unseen }: { readonly seed: string; readonly unseen: boolean },
): Texts {
  const stream = openStream(seed);
  const pick = <T>(values: readonly T[]) => values[stream.below(values.length)];
  const lacking = (text: string) =>
    pick(["", "?", " n.a. (x) ", "  ", text, text, text, text, text, text, text]);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const number = () => String(Math.round((stream.uniform() * 40 - 8) * 1000) / 1000);
  const date = () => {
    const month = 1 + stream.below(12);
    const days = month === 2 ? 28 : 30;
    return { year: 1890 + stream.below(200), month, day: 1 + stream.below(days) };
  };
  const iso = ({ year, month, day } = date()) => `${year}-${pad(month)}-${pad(day)}`;
  const clock = () => `${pad(stream.below(24))}:${pad(stream.below(60))}`;
  const more = unseen ? ["Ürümqi", "(b|c)*", "M "] : [];
  const makers: Readonly<Record<string, () => string>> = {
    mean: () => lacking(number()),
    scores: () => lacking(number()),
    x: () => lacking(number()),
    W1: () =>
      lacking(
        pick([String(stream.uniform() * 5 - 0.9), String(1e-12 * stream.uniform()), "1e-300", "123456.75"]),
      ),
    value1: () => lacking(String(stream.below(4))),
    size: () => lacking(pick(["S", "M", "L"])),
    grade: () => lacking(pick(["low", "high"])),
    member: () => lacking(pick(["yes", "NO", "True", "fAlSe", " y", "0", "1", "T", "n"])),
    smoker: () => lacking(pick(["yes", "no"])),
    city: () => lacking(pick(["Köln", "a,b", 'say "hi"', "Rome", ...more])),
    colour: () => lacking(pick(["red", "green", "Red", ...more])),
    shape: () => lacking(pick(["square", "star", ...more])),
    day: () => lacking(pick([iso(), "2000-02-29", "1900-03-01", " 1999-12-31 "])),
    time: () =>
      lacking(pick([
        iso(),
        `${iso()}T${clock()}`,
        `${iso()} ${clock()}:${pad(stream.below(60))}`,
        `${iso()}T${clock()}:07.25Z`,
        `${iso()}T${clock()}:59,999999`,
        `${iso()} ${clock()}+02:00`,
        `${iso()}T${clock()}:00-0930`,
        `${iso()}T${clock()}+11`,
      ])),
    german: () => {
      const { year, month, day } = date();
      return lacking(`${pad(day)}.${pad(month)}.${year}`);
    },
    short: () => {
      const { year, month, day } = date();
      return lacking(`${pick([String(day), pad(day)])}/${month}/${year} ${clock()}`);
    },
    packed: () => lacking(`${iso().replaceAll("-", "")}${clock().replace(":", "")}30`),
    class: () => pick(["a", "b", "c"]),
  };
  return Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, Array.from({ length: count }, make)]),
  );
}
