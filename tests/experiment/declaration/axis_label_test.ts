import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { axisLabel, axisValue, type DeclaredValue } from "../../../lib/experiment/declaration/axis_label.ts";
import { labelled } from "../../../lib/experiment/declaration/labelled.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import { declaration, expand } from "../fakes.ts";

const LABELS: readonly (readonly [DeclaredValue, string | number | boolean | null])[] = [
  [0.1, 0.1],
  ["text", "text"],
  [true, true],
  [null, null],
  [[100, 50], "[100,50]"],
  [[], "[]"],
  [{ name: "adam", learningRate: 1e-7 }, "{name:adam,learningRate:1e-7}"],
  [{ a: [1, { b: null }], c: false }, "{a:[1,{b:null}],c:false}"],
  [labelled([100, 50], "wide"), "wide"],
  [labelled(0.1, "small"), "small"],
];

Deno.test("axisLabel() is a scalar itself, the text of a list or an object, and a label that was given", () => {
  for (const [declared, label] of LABELS) assertEquals(axisLabel(declared), label);
});

Deno.test("axisLabel() cuts a long text, and keeps two that begin alike apart", () => {
  const long = (last: number) => [...Array.from({ length: 100 }, () => 16), last];
  const [one, other] = [axisLabel(long(1)), axisLabel(long(2))];
  assert(one !== other && String(one).length <= 60);
});

Deno.test("axisValue() is what was declared, without its label", () => {
  assertEquals(axisValue(labelled([1], "one")), [1]);
  assertEquals(axisValue([1]), [1]);
});

Deno.test("labelled() throws when the label cannot stand in a table", () => {
  for (const label of ["", " ", 3 as unknown as string]) {
    const error = assertThrows(() => labelled(1, label), InputError);
    assertEquals(
      error.message,
      `Cannot label a value: its label must be a text that is not empty, found ${JSON.stringify(label)}`,
    );
  }
  const error = assertThrows(() => labelled(1, "a\nb"), InputError);
  assertEquals(
    error.message,
    'Cannot label a value: label must have no control characters, found U+000A at character 2 of "a\\nb"',
  );
});

const structured = (grid: Readonly<Record<string, readonly DeclaredValue[]>>) =>
  expandPoints(
    defineExperiment({ ...declaration, grid, trial: () => declaration.trial({ rate: 0.1, width: 4 }) }),
  );

Deno.test("expandPoints() gives trial the values, and has their labels in points", () => {
  const seen: unknown[] = [];
  const experiment = defineExperiment({
    ...declaration,
    grid: { dims: [[4], labelled([8, 8], "two")], rate: [0.1] },
    trial: (point) => {
      seen.push(point);
      return { ...declaration.trial({ rate: point.rate, width: 4 }), model: { hiddenDims: point.dims } };
    },
  });
  const { experiment: { grid }, settings } = expandPoints(experiment);
  assertEquals(seen, [{ dims: [4], rate: 0.1 }, { dims: [8, 8], rate: 0.1 }]);
  assertEquals(grid, { dims: ["[4]", "two"], rate: [0.1] });
  assertEquals(settings.map(({ model }) => model.hiddenDims), [[4], [8, 8]]);
});

Deno.test("expandGrid() gives a trial the id that its settings have, however its axes are declared", () => {
  const plain = expand({ grid: { rate: [0.1], width: [4] } }).trials[0].id;
  const experiment = defineExperiment({
    ...declaration,
    grid: { dims: [labelled([4], "a label")] },
    trial: ({ dims }) => ({ ...declaration.trial({ rate: 0.1, width: 4 }), model: { hiddenDims: dims } }),
  });
  assertEquals(expandGrid(expandPoints(experiment), { dataDigest: "data" }).trials[0].id, plain);
});

const LIST = "grid.a must be a list of at least one number, text, boolean, null, or list or object of these";

const WRONG: readonly (readonly [readonly unknown[], string])[] = [
  [[[NaN]], `${LIST}, found [["NaN"]]`],
  [[() => 1], LIST],
  [[new Date(0)], LIST],
  [[[undefined]], LIST],
  [[{ a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } }], LIST],
  [[[labelled(1, "inner")]], LIST],
  [[[8], "[8]"], 'grid.a must have values that read differently, found the list [8] and the text "[8]"'],
  [
    [[8], labelled([9], "[8]")],
    'grid.a must have values that read differently, found the list [8] and the label "[8]"',
  ],
  [
    [{ a: 1 }, labelled({ a: 2 }, "{a:1}")],
    'grid.a must have values that read differently, found the object {a:1} and the label "{a:1}"',
  ],
  [[["a\u0007"]], 'grid.a[0][0] must have no control characters, found U+0007 at character 2 of "a\\u0007"'],
];

Deno.test("checkGrid() takes plain data alone, and labels that differ", () => {
  for (const [values, message] of WRONG) {
    const error = assertThrows(() => structured({ a: values as readonly DeclaredValue[] }), InputError);
    assertEquals(
      error.message.slice(0, `Cannot define an experiment: ${message}`.length),
      `Cannot define an experiment: ${message}`,
    );
  }
  // A list may stand on an axis twice, as a number may.
  assertEquals(structured({ a: [[8], [8]] }).experiment.grid, { a: ["[8]", "[8]"] });
});
