import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { featureNames, type Preparation } from "../../lib/data/base/preparation.ts";
import { checkPreparation } from "../../lib/export/check_preparation.ts";

const BASE = { isMarked: false, isRequired: false };
const SCALE = { isLogarithmic: false, offset: 1.5, divisor: 2 };

const COLUMNS = {
  age: { kind: "numeric", name: "age", ...BASE, isMarked: true, fill: 3, scale: SCALE },
  size: { kind: "ordinal", name: "size", ...BASE, order: ["S", "M"], fill: 0.5, scale: SCALE },
  member: { kind: "boolean", name: "member", ...BASE, fill: 0.5 },
  day: {
    kind: "date",
    name: "day",
    ...BASE,
    format: "DD.MM.YYYY",
    fill: 9,
    first: -1,
    parts: [{ part: "days", scale: SCALE }, { part: "hour", scale: SCALE }],
  },
  city: { kind: "categorical", name: "city", ...BASE, categories: ["a", "b"], fill: null, isClosed: false },
} as const;

const GOOD: Preparation = { columns: Object.values(COLUMNS) };
const NAMES = ["age", "age is missing", "size", "member", "day.days", "day.hour", "city=a", "city=b"];

function check(
  preparation: unknown,
  { names = NAMES }: { readonly names?: readonly string[] | null } = {},
): void {
  checkPreparation(preparation, { action: "read f", inputDim: NAMES.length, featureNames: names });
}

Deno.test("checkPreparation() takes each kind of column", () => {
  assertEquals(featureNames(GOOD), NAMES);
  check(GOOD);
});

/** Returns the preparation with changes of one column. */
function changed(name: keyof typeof COLUMNS, changes: object): unknown {
  return { columns: Object.values({ ...COLUMNS, [name]: { ...COLUMNS[name], ...changes } }) };
}

const CASES: readonly (readonly [preparation: unknown, message: string])[] = [
  [[], "preparation must be an object, found []"],
  [{}, "preparation.columns must be a list of at least 1 object"],
  [{ columns: [] }, "preparation.columns must be a list of at least 1 object, found []"],
  [{ columns: [7] }, "preparation.columns[0] must be an object, found 7"],
  [{ ...GOOD, more: 1 }, "preparation.more is not a field, the fields are columns"],
  [
    changed("age", { kind: "text" }),
    'preparation.columns[0].kind must be "numeric", "ordinal", "boolean", "date" or "categorical", found "text"',
  ],
  [changed("age", { name: "" }), 'preparation.columns[0].name must be a text that is not empty, found ""'],
  [changed("age", { isMarked: 1 }), "preparation.columns[0].isMarked must be true or false, found 1"],
  [
    changed("age", { isRequired: null }),
    "preparation.columns[0].isRequired must be true or false, found null",
  ],
  [
    changed("age", { order: ["a"] }),
    "preparation.columns[0].order is not a field, the fields are kind, name, isMarked, isRequired, fill, scale",
  ],
  [changed("age", { fill: null }), "preparation.columns[0].fill must be a finite number, found null"],
  [changed("age", { scale: 1 }), "preparation.columns[0].scale must be an object, found 1"],
  [
    changed("age", { scale: { ...SCALE, divisor: 0 } }),
    "preparation.columns[0].scale.divisor must be a finite number other than 0, found 0",
  ],
  [
    changed("age", { scale: { ...SCALE, offset: "1" } }),
    'preparation.columns[0].scale.offset must be a finite number, found "1"',
  ],
  [
    changed("age", { scale: { ...SCALE, isLogarithmic: 0 } }),
    "preparation.columns[0].scale.isLogarithmic must be true or false, found 0",
  ],
  [
    changed("size", { order: ["S", "S"] }),
    'preparation.columns[1].order must be a list of at least 1 different texts, found ["S","S"]',
  ],
  [
    changed("size", { order: [] }),
    "preparation.columns[1].order must be a list of at least 1 different texts, found []",
  ],
  [changed("member", { fill: 2 }), "preparation.columns[2].fill must be a fraction, found 2"],
  [changed("day", { first: "x" }), 'preparation.columns[3].first must be a finite number, found "x"'],
  [
    changed("day", { format: "DD.YYYY" }),
    'preparation.columns[3].format must be a format of dates, such as "DD.MM.YYYY", found "DD.YYYY"',
  ],
  [
    changed("day", { parts: [] }),
    "preparation.columns[3].parts must be a list of at least 1 object, found []",
  ],
  [
    changed("day", { parts: [{ part: "week", scale: SCALE }] }),
    'preparation.columns[3].parts[0].part must be "days", "year", "month", "day", "weekday", "dayOfYear" or "hour", ' +
    'found "week"',
  ],
  [
    changed("day", { parts: [{ part: "days", scale: { ...SCALE, divisor: null } }] }),
    "preparation.columns[3].parts[0].scale.divisor must be a finite number other than 0, found null",
  ],
  [
    changed("day", { parts: [{ part: "day", scale: SCALE }, { part: "day", scale: SCALE }] }),
    'preparation.columns[3].parts must be different, found ["day","day"]',
  ],
  [
    changed("city", { categories: ["a", 1] }),
    'preparation.columns[4].categories must be a list of at least 1 different texts, found ["a",1]',
  ],
  [
    changed("city", { fill: 1 }),
    "preparation.columns[4].fill must be a text that is not empty or null, found 1",
  ],
  [changed("city", { isClosed: "no" }), 'preparation.columns[4].isClosed must be true or false, found "no"'],
  [changed("city", { name: "age" }), 'preparation.columns must have different names, found "age" twice'],
  [
    changed("city", { categories: ["a"] }),
    "preparation must give inputDim = 8 features, found 7",
  ],
  [
    changed("city", { categories: ["a", "c"] }),
    'featureNames[7] must be "city=c", as preparation says, found "city=b"',
  ],
];

for (const [preparation, message] of CASES) {
  Deno.test(`checkPreparation() throws when ${message.slice(0, 90)}`, () => {
    const error = assertThrows(() => check(preparation), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

Deno.test("checkPreparation() throws when the features have no names", () => {
  const { message } = assertThrows(() => check(GOOD, { names: null }), InputError);
  assertEquals(message, 'Cannot read f: featureNames[0] must be "age", as preparation says, found null');
});
