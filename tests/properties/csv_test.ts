import { assert, assertEquals } from "@std/assert";
import type { CsvSpec } from "../../lib/data/base/data_spec.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { dataDigest } from "../../lib/data/data_digest.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { dataWarnings } from "../../lib/data/split_warnings.ts";
import { csvDataset } from "../../lib/data/csv/csv_dataset.ts";
import { fc } from "./fast_check.ts";
import { refusing, settings } from "./settings.ts";

const ODD = fc.constantFrom(
  ...[
    "",
    " ",
    "NaN",
    "inf",
    "-0",
    "0x10",
    "1e400",
    "-3.4028234663852886e38",
    "1,5",
    "é",
    "e\u0301",
    "\ufeff",
  ],
  ...[
    "1_000",
    "+1",
    ".5",
    "5.",
    "1e-400",
    "\u0000",
    '"',
    "'",
    "\r",
    "\t",
    "9007199254740993",
    "1".repeat(400),
  ],
);
const NUMBER = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -1e30, max: 1e30, noNaN: true }).map(String) },
  { weight: 4, arbitrary: fc.integer().map(String) },
);
const FIELD = fc.oneof({ weight: 60, arbitrary: NUMBER }, { weight: 1, arbitrary: ODD });
const NAME = fc.oneof(fc.constantFrom("a", "b", "y", "constructor", "__proto__", "0", "1"), ODD, fc.string());
const LABEL = fc.oneof({ weight: 40, arbitrary: fc.constantFrom("p", "q") }, { weight: 1, arbitrary: ODD });

/** A table as text: mostly one that can be read, with odd fields, names and ends of lines. */
const TABLE = fc.record({
  names: fc.oneof(
    { weight: 4, arbitrary: fc.constant(["a", "b"]) },
    { weight: 1, arbitrary: fc.array(NAME, { maxLength: 3 }) },
  ),
  rows: fc.array(fc.record({ fields: fc.array(FIELD, { minLength: 2, maxLength: 2 }), label: LABEL }), {
    minLength: 3,
    maxLength: 12,
  }),
  end: fc.constantFrom("\n", "\n", "\n", "\r\n", "\r", "\n\n"),
  separator: fc.constantFrom(",", ",", ",", ",", ",", ",", ";", "\t"),
}).map(({ names, rows, end, separator }) =>
  [[...names, "y"], ...rows.map(({ fields, label }) => [...fields, label])]
    .map((fields) => fields.join(separator)).join(end)
);

const BYTES = fc.oneof(
  { weight: 6, arbitrary: TABLE.map((text) => new TextEncoder().encode(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).map((text) => new TextEncoder().encode(text)) },
);

const SPEC = fc.record({
  label: fc.constantFrom("y", "y", "y", "y", "y", "y", "a", "column3", "nowhere"),
  header: fc.constantFrom(undefined, undefined, undefined, true, true, true, false, ["a", "b", "y"]),
  dtype: fc.constantFrom(undefined, "float32" as const, "float64" as const),
  train: fc.integer({ min: 1, max: 5 }),
});

function checkWhole({ train, validation, test, mean, inputDim, numClasses }: Dataset, spec: CsvSpec): void {
  for (const [split, n] of [[train, spec.train], [validation, 1], [test, 1]] as const) {
    assertEquals([split.n, split.x.length, split.labels.length], [n, n * inputDim, n]);
    assert(split.x.every(Number.isFinite));
    assert(split.labels.every((label) => label >= 0 && label < numClasses));
  }
  assertEquals(mean.length, inputDim);
}

Deno.test("loadDataset() reads a CSV file whole or refuses it, whatever is in it", async () => {
  const baseDir = await Deno.makeTempDir();
  let read = 0;
  try {
    await fc.assert(
      fc.asyncProperty(BYTES, SPEC, async (bytes, { header, dtype, ...fields }) => {
        await Deno.writeFile(`${baseDir}/t.csv`, bytes);
        const given = { ...header === undefined ? {} : { header }, ...dtype === undefined ? {} : { dtype } };
        const spec = csvDataset({
          file: "t.csv",
          classes: ["p", "q"],
          validation: 1,
          test: 1,
          ...fields,
          ...given,
        });
        const digest = await dataDigest(spec, { baseDir });
        const dataset = await refusing(() => loadDataset(spec, { baseDir }));
        if (dataset === null) return;
        read += 1;
        checkWhole(dataset, spec);
        JSON.stringify(dataWarnings(dataset));
        assertEquals(await dataDigest(spec, { baseDir }), digest);
      }),
      settings(600),
    );
    assert(read > 30, `too few tables were read to say much, found ${read}`);
  } finally {
    await Deno.remove(baseDir, { recursive: true });
  }
});
