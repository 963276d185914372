import { assertEquals } from "@std/assert";
import { blobs } from "../../lib/data/blobs.ts";
import { dataDigest } from "../../lib/data/data_digest.ts";
import { fileChange } from "../../lib/data/file_change.ts";
import { csvDataset } from "../../lib/data/csv/csv_dataset.ts";
import { table } from "../../lib/data/table/declaration/table.ts";
import { inFolder } from "../helpers/in_folder.ts";

const SPECS = [
  csvDataset({ file: "data.csv", label: "kind", classes: ["a", "b"], train: 1, validation: 1, test: 1 }),
  table({ file: "data.csv", label: "kind" }),
];

const LF = 'x,kind\n1,a\n"2\n",b\n3,a\n';
const CRLF = LF.replaceAll("\n", "\r\n");
const MARK = "\ufeff";
const HINT = '"*.csv -text" in .gitattributes keeps files unchanged';
const LINE_ENDS = "as git's core.autocrlf makes them";

const CHANGES:
  readonly (readonly [before: string, now: string, text: string | null, isOnlyForm?: boolean])[] = [
    [LF, LF, null],
    [
      LF,
      CRLF,
      `here/data.csv has the same rows, but its line ends were LF and are CRLF, ${LINE_ENDS}; ${HINT}`,
    ],
    [
      CRLF,
      LF,
      `here/data.csv has the same rows, but its line ends were CRLF and are LF, ${LINE_ENDS}; ${HINT}`,
    ],
    [
      LF,
      MARK + LF,
      `here/data.csv has the same rows, but it had no byte-order mark at its start; ${HINT}`,
    ],
    [
      MARK + LF,
      CRLF,
      `here/data.csv has the same rows, but its line ends were LF and are CRLF, ${LINE_ENDS} and it began with a ` +
      `byte-order mark; ${HINT}`,
    ],
    [
      LF,
      CRLF.replace("\r\n", "\n"),
      `here/data.csv has the same rows, but its line ends were uniform; ${HINT}`,
    ],
    [LF, LF.replace("3", "4"), "here/data.csv has new content", false],
    [LF, "", "here/data.csv has new content", false],
    [LF, LF.trimEnd(), "here/data.csv has new content", false],
  ];

for (const spec of SPECS) {
  Deno.test(
    `fileChange() distinguishes other line ends and marks from other content of a ${spec.kind} data set`,
    inFolder(async (baseDir) => {
      for (const [old, now, text, isOnlyForm = true] of CHANGES) {
        await Deno.writeTextFile(`${baseDir}/data.csv`, old);
        const before = await dataDigest(spec, { baseDir });
        await Deno.writeTextFile(`${baseDir}/data.csv`, now);
        const found = await fileChange(spec, { baseDir, before, name: "here/data.csv" });
        assertEquals(found, text === null ? null : { text, isOnlyForm }, JSON.stringify([old, now]));
      }
    }),
  );
}

Deno.test(
  "fileChange() has nothing to say of a table of several files",
  inFolder(async (baseDir) => {
    for (const name of ["a.csv", "b.csv"]) await Deno.writeTextFile(`${baseDir}/${name}`, LF);
    const spec = table({ file: ["a.csv", "b.csv"], label: "kind" });
    assertEquals(await fileChange(spec, { baseDir, before: "d", name: "data" }), null);
  }),
);

Deno.test("fileChange() has nothing to say of data without a file", async () => {
  const spec = blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 1, validation: 1, test: 1 });
  assertEquals(await fileChange(spec, { baseDir: ".", before: "d", name: "blobs" }), null);
});
