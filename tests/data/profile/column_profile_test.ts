import { assertEquals } from "@std/assert";
import { columnProfile } from "../../../lib/data/profile/column_profile.ts";
import { dateColumn, numberColumn, rowsFrom, textColumn } from "../preparation/raw_columns.ts";

Deno.test("columnProfile() counts numbers in equal parts of their range, the greatest in the last", () => {
  const column = numberColumn("x", [0, 1, 2, 11.9, 12, null]);
  const profile = columnProfile(column, { kind: "numeric", rows: rowsFrom(0, 6) });
  assertEquals(profile, {
    name: "x",
    kind: "numeric",
    missing: 1,
    distinct: 5,
    range: "0 to 12",
    histogram: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2],
  });
});

Deno.test("columnProfile() names the most frequent texts first", () => {
  const column = textColumn("t", ["c", "a", "b", "a", "d", "b", "a"]);
  const { range, histogram, distinct } = columnProfile(column, { kind: "categorical", rows: rowsFrom(0, 7) });
  assertEquals([range, histogram, distinct], ["a, b, c, and 1 more", [3, 2, 1, 1], 4]);
});

Deno.test("columnProfile() shows the range of dates as ISO 8601, and none when no value is there", () => {
  const dates = columnProfile(dateColumn("d", [0, 19_782, null]), { kind: "date", rows: rowsFrom(0, 3) });
  assertEquals(dates.range, "1970-01-01 to 2024-02-29");
  const none = columnProfile(numberColumn("x", [null]), { kind: "numeric", rows: rowsFrom(0, 1) });
  assertEquals([none.range, none.histogram, none.missing], ["", [], 1]);
});
