import { assertEquals } from "@std/assert";
import { confusionChart } from "../../../lib/report/charts/confusion_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { fakeInspection } from "../fakes.ts";

Deno.test("confusionChart() has a row a true class, with the share of it in words", () => {
  const classNames = ["cat", "dog", "owl"];
  const confusion = [[3, 1, 0], [0, 4, 0], [0, 0, 0]];
  const { table, spec } = confusionChart({ ...fakeInspection(), classNames, confusion });
  assertEquals(table, {
    head: ["true class \\ predicted", "cat", "dog", "owl"],
    rows: [["cat", "3", "1", "0"], ["dog", "0", "4", "0"], ["owl", "0", "0", "0"]],
  });
  const { data: { values } } = spec as unknown as {
    readonly data: { readonly values: readonly { readonly value: number; readonly about: string }[] };
  };
  assertEquals(values.map(({ value }) => value), [0.75, 0.25, 0, 0, 1, 0, 0, 0, 0]);
  assertEquals(values[1].about, "1 of 4 rows of class cat taken for dog, 25.00 %");
  assertEquals(values[6].about, "0 of 0 rows of class owl taken for cat, 0.00 %");
});

const NAMES: readonly (readonly string[])[] = [
  ["setosa", "versicolor", "virginica"],
  ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  Array.from({ length: 26 }, (_, index) => `letter ${index}`),
];

for (const classNames of NAMES) {
  Deno.test(`confusionChart() labels each of ${classNames.length} rows and columns when their names have room`, async () => {
    const confusion = classNames.map((_, row) => classNames.map((_, column) => Number(row === column)));
    const svg = await renderChart(confusionChart({ ...fakeInspection(), classNames, confusion }));
    const labels = [...svg.matchAll(/<text [^>]*opacity="1"[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    for (const name of classNames) assertEquals(labels.filter((label) => label === name).length, 2, name);
  });
}
