import { assertEquals, assertStringIncludes } from "@std/assert";
import { atWork } from "./workplace.ts";

const TABLE = `id,size,colour,kind\n${
  Array.from({ length: 40 }, (_, row) =>
    `${row + 1},${row % 5 === 0 ? "NA" : row % 9},${"rg"[row % 2]},k${row % 2}`)
    .join("\n")
}\n`;

Deno.test(
  "data shows what a file holds, with and without its label, and writes a page",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/t.csv`, TABLE);
    const shown = await run("data", "t.csv", "--label", "kind", "--missing", "NA", "--html", "pages/t.html");
    assertEquals([shown.code, shown.out], [
      0,
      `t.csv
t.csv: 40 rows, 4 of 4 columns, 4 features

column  kind         missing  distinct  rows          range
id      numeric      0        40        █▇▇▇█▇▇▇█▇▇█  1 to 40
size    numeric      8        9         ██▁██▁█▇▁▇▇▇  0 to 8
colour  categorical  0        2         ██            r, g
kind    label        0        2         ██            k0, k1

class  training  validation  test
k0     12        4           4
k1     12        4           4

warning: column "colour": it has a value of its own for each class: it is the label under another name
warning: column "id": each row has another value, as of an id: a net learns single rows from it; drop it if it is one
`,
    ]);
    const page = await Deno.readTextFile(`${folder}/pages/t.html`);
    assertStringIncludes(page, "it is the label under another name");
    const unlabelled = await run("data", "t.csv");
    assertEquals(unlabelled.code, 0, unlabelled.error);
    assertStringIncludes(unlabelled.out, '"NA" is taken for a category; if it stands for a missing value');
    const marked = await run("data", "t.csv", "--missing", "NA");
    assertEquals(marked.code, 0, marked.error);
    assertStringIncludes(marked.out, "t.csv: 40 rows, 4 of 4 columns\n");
  }),
);

Deno.test(
  "data shows what a file holds with a number to predict",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/t.csv`, TABLE);
    const shown = await run("data", "t.csv", "--target", "id");
    assertEquals([shown.code, shown.out], [
      0,
      `t.csv
t.csv: 40 rows, 4 of 4 columns, 14 features

column  kind         missing  distinct  rows          range
id      target       0        40        █▇▇▇█▇▇▇█▇▇█  1 to 40
size    categorical  0        10        █▅▅▅▅▅▄▄▄▄    NA, 1, 2, and 7 more
colour  categorical  0        2         ██            r, g
kind    categorical  0        2         ██            k0, k1

warning: column "size": "NA" is taken for a category; if it stands for a missing value, declare it in missing.markers
warning: validation split: 4 of its 8 rows have the features of a training row, first on line 5: a net may have learned them
warning: test split: 7 of its 8 rows have the features of a training row, first on line 11: a net may have learned them
`,
    ]);
  }),
);

Deno.test(
  "data shows the data of an experiment that is on no table: classes and features",
  atWork(async ({ run }) => {
    const shown = await run("data", "experiments/blobs_rate.ts");
    assertEquals([shown.code, shown.out], [
      0,
      `blobs_rate
blobs: 100 rows, 4 features

class  training  validation  test
0      20        7           7
1      20        7           7
2      20        6           6
`,
    ]);
  }),
);

Deno.test(
  "data refuses no file, a file that is not there, a label or a target that is none, and both",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/t.csv`, TABLE);
    const cases = [
      [[], "error: Cannot show data: it must be given FILE…, experiments or tables\n"],
      [["no.csv"], "no.csv"],
      [
        ["t.csv", "--label", "kind", "--target", "id"],
        "error: Cannot show data: --target must not be given with --label\n",
      ],
      [["t.csv", "--target", "colour"], 'column "colour": a field must be a number, found "r"'],
      [["t.csv", "--label", "Kind", "--missing", "NA"], '"kind" differs by capital letters only'],
    ] as const;
    for (const [args, message] of cases) {
      const { code, error } = await run("data", ...args);
      assertEquals(code, 2, error);
      assertStringIncludes(error, message);
    }
  }),
);
