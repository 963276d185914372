import {
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { InputError } from "../../lib/core/errors.ts";
import { csvDataset, type CsvDatasetFields } from "../../lib/data/csv_dataset.ts";
import type { Dataset } from "../../lib/data/dataset.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";

const experiments = `${import.meta.dirname}/../../experiments`;

/** Loads a file of the given bytes; `fields` say how. */
async function load(text: string | Uint8Array, fields: Partial<CsvDatasetFields> = {}): Promise<Dataset> {
  const baseDir = await Deno.makeTempDir();
  try {
    await Deno.writeFile(
      `${baseDir}/t.csv`,
      typeof text === "string" ? new TextEncoder().encode(text) : text,
    );
    const sizes = { train: 1, validation: 1, test: 1 };
    const spec = csvDataset({ file: "t.csv", label: "y", classes: ["p", "q"], ...sizes, ...fields });
    return await loadDataset(spec, { baseDir, cacheDir: baseDir });
  } finally {
    await Deno.remove(baseDir, { recursive: true });
  }
}

/** Returns every row with its label, sorted. */
function rowsOf({ train, validation, test, inputDim }: Dataset): string[] {
  return [train, validation, test].flatMap(({ x, labels }) =>
    Array.from(labels, (label, row) => `${x.slice(row * inputDim, (row + 1) * inputDim)}:${label}`)
  ).sort();
}

const texts: readonly (readonly [name: string, text: string])[] = [
  ["LF line ends", "a,y,b\n1,p,2\n-3.5,q,1e-2\n.5,q,+6.\n"],
  ["CRLF line ends and empty lines", "a,y,b\r\n\r\n1,p,2\r\n-3.5,q,1e-2\r\n\r\n.5,q,+6."],
  ["quotes, spaces and a byte-order mark", '\ufeffa,"y",b\n 1 ,"p","2"\n-3.5,q,1e-2\n0.5,q,6\n'],
];

for (const [name, text] of texts) {
  Deno.test(`loadCsv() splits every row once when the file has ${name}`, async () => {
    const dataset = await load(text);
    assertEquals(rowsOf(dataset), [`-3.5,${Math.fround(0.01)}:1`, "0.5,6:1", "1,2:0"]);
    assertEquals([dataset.inputDim, dataset.numClasses, dataset.image], [2, 2, null]);
    assertEquals(dataset.classNames, ["p", "q"]);
    assertEquals(dataset.mean, dataset.train.x);
    for (const array of [dataset.train.x, dataset.train.labels, dataset.mean]) {
      assertInstanceOf(array.buffer, SharedArrayBuffer);
    }
  });
}

const numbered = `a,y\n${
  Array.from({ length: 40 }, (_, row) => `${row},${row % 2 ? "q" : "p"}`).join("\n")
}\n`;

Deno.test("loadCsv() shuffles by the seed when it splits", async () => {
  const sizes = { train: 30, validation: 5, test: 5 };
  const first = await load(numbered, sizes);
  assertEquals((await load(numbered, sizes)).train, first.train);
  assertNotEquals((await load(numbered, { ...sizes, seed: 1 })).train, first.train);
  assertNotEquals(Array.from(first.train.x), Array.from({ length: 30 }, (_, row) => row));
  assertEquals(new Set(rowsOf(first)).size, 40);
  for (let row = 0; row < 30; row++) assertEquals(first.train.labels[row], first.train.x[row] % 2);
});

Deno.test("loadCsv() gives the same order on every machine", async () => {
  const { train } = await load(numbered, { train: 8, validation: 1, test: 1, seed: 5 });
  assertEquals(Array.from(train.x), [28, 12, 21, 26, 1, 33, 23, 37]);
});

Deno.test("loadCsv() reads Fisher's irises", async () => {
  const spec = csvDataset({
    file: "data/iris.csv",
    label: "species",
    classes: ["setosa", "versicolor", "virginica"],
    train: 120,
    validation: 15,
    test: 15,
  });
  const dataset = await loadDataset(spec, { baseDir: experiments, cacheDir: experiments });
  const sums = [0, 0, 0, 0];
  const counts = [0, 0, 0];
  for (const { x, labels } of [dataset.train, dataset.validation, dataset.test]) {
    x.forEach((value, index) => sums[index % 4] += value);
    labels.forEach((label) => counts[label]++);
  }
  assertEquals(counts, [50, 50, 50]);
  [876.5, 458.6, 563.7, 179.9].forEach((sum, column) => assertAlmostEquals(sums[column], sum, 1e-4));
});

const bad: readonly {
  readonly text: string | Uint8Array;
  readonly fields?: Partial<CsvDatasetFields>;
  readonly message: string;
}[] = [
  {
    text: "a,y,b\n1,p,2\n\n3,q,\n",
    message: 'Cannot read data: t.csv line 4, column "b": a feature must be a number, found ""',
  },
  {
    text: 'a,y,b\n1,"p",2\n0x10,q,1\n',
    message: 'Cannot read data: t.csv line 3, column "a": a feature must be a number, found "0x10"',
  },
  {
    text: 'a,y,"b\n\nb"\n1,p,NaN\n',
    message: 'Cannot read data: t.csv line 4, column "b\\n\\nb": a feature must be a number, found "NaN"',
  },
  {
    text: "a,y\n1e39,p\n",
    message: 'Cannot read data: t.csv line 2, column "a": a feature must be within float32, found "1e39"',
  },
  {
    text: "a,y\n1,p\n2,P\n",
    message: 'Cannot read data: t.csv line 3, column "y": a label must be one of p, q, found "P"',
  },
  {
    text: "a,y\n1,p\n2\n",
    message: "Cannot read data: t.csv line 3: a row must have 2 fields as the header has, found 1",
  },
  {
    text: "a,b\n1,p\n",
    message: 'Cannot read data: t.csv line 1: a column must be the label "y", found a, b',
  },
  { text: "", message: 'Cannot read data: t.csv line 1: a column must be the label "y", found none' },
  {
    text: "y\np\n",
    message: 'Cannot read data: t.csv line 1: a column must be a feature, found the label "y" alone',
  },
  {
    text: "a,a,y\n",
    message: 'Cannot read data: t.csv line 1: a column must be named once, found "a" twice',
  },
  {
    text: 'a,y\n1"2,p\n',
    message: 'Cannot read data: t.csv: Syntax error on line 2; parse error on line 2, column 2: bare " in ' +
      "non-quoted-field",
  },
  {
    text: "a,y\n1,p\n2,q\n",
    message:
      "Cannot read data: t.csv: data.train + data.validation + data.test must be at most its 2 rows, found 3",
  },
  {
    text: Uint8Array.of(0x61, 0xff),
    message: "Cannot read data: t.csv must be UTF-8 text, found other bytes",
  },
];

for (const { text, fields, message } of bad) {
  Deno.test(`loadCsv() throws when the file is wrong: ${message.replaceAll("\n", " ")}`, async () => {
    const error = await assertRejects(() => load(text, fields), InputError);
    assertEquals(error.message, message);
  });
}

Deno.test("loadCsv() throws when there is no file", async () => {
  const error = await assertRejects(() => load("", { file: "other.csv" }), InputError);
  assertEquals(
    error.message.replace(/found no .*[\\/]/, "found no "),
    "Cannot read data: other.csv must be a file in the experiment's folder, found no other.csv",
  );
});
