// Several sources together: the format of a table, from its declaration to its rows.
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError } from "../../../lib/core/check/errors.ts";
import { dataDigest } from "../../../lib/data/data_digest.ts";
import { measureData } from "../../../lib/data/measure_data.ts";
import { csvDataset, type CsvDatasetFields } from "../../../lib/data/csv/csv_dataset.ts";
import { loadCsv, readFeatureNames } from "../../../lib/data/csv/load_csv.ts";

const SPLITS = { label: "y", classes: ["p", "q"], train: 2, validation: 1, test: 1 } as const;
const PLAIN = "a,b,y\n1.5,1000,p\n2.25,-2000.5,q\n3,4,p\n0.5,1234567,q\n";

/** The rows of {@link PLAIN} in other formats. */
const SAME: readonly (readonly [Partial<CsvDatasetFields>, string | Uint8Array])[] = [
  [{ separator: ";" }, PLAIN.replaceAll(",", ";")],
  [{ separator: "\t" }, PLAIN.replaceAll(",", "\t")],
  [{ separator: "|", comment: "#" }, `# by hand\n${PLAIN.replaceAll(",", "|")}# end\n`],
  [
    { separator: ";", decimalComma: true, thousands: "." },
    "a;b;y\n1,5;1.000;p\n2,25;-2.000,5;q\n3;4;p\n0,5;1.234.567;q\n",
  ],
  [{ decimalComma: true }, 'a,b,y\n"1,5",1000,p\n"2,25","-2000,5",q\n3,4,p\n"0,5",1234567,q\n'],
  [{ encoding: "utf-16le" }, Uint8Array.from([...PLAIN].flatMap((letter) => [letter.charCodeAt(0), 0]))],
  [{ encoding: "latin1" }, PLAIN],
  [{ file: "t.csv.gz" }, new Uint8Array(gzipSync(PLAIN))],
];

async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function write(folder: string, fields: Partial<CsvDatasetFields>, content: string | Uint8Array) {
  const spec = csvDataset({ file: "t.csv", ...SPLITS, ...fields });
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(join(folder, spec.file), bytes);
  return spec;
}

for (const [fields, content] of SAME) {
  Deno.test(`loadCsv() reads the same rows in the format ${JSON.stringify(fields)}`, () =>
    inFolder(async (folder) => {
      const plain = await loadCsv(await write(folder, {}, PLAIN), { baseDir: folder });
      const spec = await write(folder, fields, content);
      const found = await loadCsv(spec, { baseDir: folder });
      for (const split of ["train", "validation", "test"] as const) {
        const [expected, { lines: _, ...rows }] = [plain[split], found[split]];
        assertEquals({ ...rows, lines: expected.lines }, expected);
      }
      assertEquals(found.warnings, plain.warnings);
      const shape = await measureData(spec, { baseDir: folder });
      if (shape !== null) assertEquals(shape.inputDim, 2);
    }));
}

Deno.test("a format that confirms the defaults leaves spec and digest as they are without it", () =>
  inFolder(async (folder) => {
    const plain = await write(folder, {}, PLAIN);
    const confirmed = csvDataset({
      file: "t.csv",
      ...SPLITS,
      ...{ separator: ",", decimalComma: false, encoding: "utf-8" },
    });
    assertEquals(confirmed, plain);
    const other = csvDataset({ file: "t.csv", ...SPLITS, comment: "#" });
    const [first, second] = await Promise.all(
      [plain, other].map((spec) => dataDigest(spec, { baseDir: folder })),
    );
    assert(first !== second);
    const compressed = await write(folder, { file: "t.csv.gz" }, new Uint8Array(gzipSync(PLAIN)));
    assertEquals(await dataDigest(compressed, { baseDir: folder }), first);
  }));

Deno.test("loadCsv() counts lines over comments, and says the number as it is written", () =>
  inFolder(async (folder) => {
    const format = { separator: ";", decimalComma: true, comment: "#" } as const;
    const spec = await write(folder, format, "# one\na;b;y\n1,5;2;p\n# two\n\n1.5;2;q\n");
    const error = await assertRejects(() => loadCsv(spec, { baseDir: folder }), InputError);
    assertEquals(
      error.message,
      'Cannot read data: t.csv line 6, column "a": a feature must be a number, found "1.5"',
    );
  }));

Deno.test("loadCsv() takes a first line of numbers in its format for a row", () =>
  inFolder(async (folder) => {
    const spec = await write(folder, { separator: ";", decimalComma: true, label: "column3" }, "1,5;2,5;p\n");
    const error = await assertRejects(() => loadCsv(spec, { baseDir: folder }), InputError);
    assert(error.message.includes('the columns must be named, found numbers, "1,5", "2,5"'), error.message);
  }));

const BAD_GZIP: readonly (readonly [string, Uint8Array])[] = [
  ["text", new TextEncoder().encode(PLAIN)],
  ["a part", new Uint8Array(gzipSync(PLAIN)).subarray(0, 30)],
  ["nothing", new Uint8Array()],
];

for (const [what, bytes] of BAD_GZIP) {
  Deno.test(`loadCsv() throws when a file that ends in .gz holds ${what}`, () =>
    inFolder(async (folder) => {
      const spec = await write(folder, { file: "t.csv.gz" }, bytes);
      const error = await assertRejects(() => loadCsv(spec, { baseDir: folder }), InputError);
      assertEquals(
        error.message,
        "Cannot read data: t.csv.gz must be a whole gzip file, found another one or a part",
      );
    }));
}

const BAD: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
  [{ separator: ":" }, 'data.separator must be ",", ";", "\\t" or "|", found ":"'],
  [{ decimalComma: 1 }, "data.decimalComma must be true or false, found 1"],
  [
    { thousands: ",", decimalComma: true },
    'data.thousands must be another mark than the one before a fraction, found "," for both',
  ],
  [
    { thousands: "." },
    'data.thousands must be another mark than the one before a fraction, found "." for both',
  ],
  [
    { comment: "ab" },
    'data.comment must be a character that is no letter, digit, quote, space or separator, found "ab"',
  ],
  [
    { comment: ";" },
    'data.comment must be a character that is no letter, digit, quote, space or separator, found ";"',
  ],
  [
    { encoding: "utf-7" },
    'data.encoding must be "utf-8", "utf-16le", "utf-16be", "latin1" or "windows-1252", found "utf-7"',
  ],
];

for (const [fields, message] of BAD) {
  Deno.test(`csvDataset() throws: ${message}`, () => {
    const error = assertThrows(
      () => csvDataset({ file: "t.csv", ...SPLITS, ...fields } as CsvDatasetFields),
      InputError,
    );
    assertEquals(error.message, `Cannot use data: ${message}`);
  });
}

Deno.test("loadCsv() leaves out the columns that are dropped, whatever they hold", () =>
  inFolder(async (folder) => {
    const plain = await loadCsv(await write(folder, {}, PLAIN), { baseDir: folder });
    const more = PLAIN.split("\n").map((row, index) =>
      index === 0 ? `id,${row},note` : row && `x${index},${row},"?"`
    );
    const spec = await write(folder, { drop: ["note", "id"] }, more.join("\n"));
    const found = await loadCsv(spec, { baseDir: folder });
    assertEquals([found.train, found.mean], [plain.train, plain.mean]);
    assertEquals((await measureData(spec, { baseDir: folder }))?.inputDim, 2);
    assertEquals(await readFeatureNames(spec, { baseDir: folder }), ["a", "b"]);
  }));

Deno.test("loadCsv() throws when a dropped column is missing, or no feature is left", () =>
  inFolder(async (folder) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [
        ["A"],
        'a column must be "A", which data.drop names, found "a", "b", "y"; "a" differs by capital letters only',
      ],
      [["a", "b"], 'a column must be a feature, found the label "y" and the dropped "a", "b" alone'],
    ];
    for (const [drop, message] of cases) {
      const spec = await write(folder, { drop }, PLAIN);
      const error = await assertRejects(() => loadCsv(spec, { baseDir: folder }), InputError);
      assertEquals(error.message, `Cannot read data: t.csv line 1: ${message}`);
    }
  }));
