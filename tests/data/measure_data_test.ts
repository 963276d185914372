import { assertEquals } from "@std/assert";
import type { DataSpec } from "../../lib/data/base/data_spec.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { measureData } from "../../lib/data/measure_data.ts";
import { cifar10 } from "../../lib/data/official/cifar10.ts";
import { loadOfficial } from "../../lib/data/official/load_official.ts";
import { mnist } from "../../lib/data/official/mnist.ts";
import { officialData } from "../../lib/data/official/official_data.ts";
import { csvDataset } from "../../lib/data/csv/csv_dataset.ts";
import { inFolder } from "../helpers/in_folder.ts";
import { tinyFiles, tinySource } from "./tiny_source.ts";

const SIZES = { train: 2, validation: 1, test: 1 };

/** Returns what a loaded data set has: its shape and the bytes of its arrays. */
function shapeOfLoaded({ inputDim, numClasses, mean, train, validation, test }: Dataset) {
  const arrays = [train, validation, test].flatMap(({ x, labels, lines }) => [x, labels, lines ?? []]);
  const bytes = [mean, ...arrays].reduce(
    (sum, array) => sum + ("byteLength" in array ? array.byteLength : 0),
    0,
  );
  return { inputDim, numClasses, bytes };
}

Deno.test(
  "measureData() gives the shape and the bytes that the loaded data set has",
  inFolder(async (folder) => {
    const place = { baseDir: folder };
    const tables: readonly (readonly [text: string, fields: Partial<Parameters<typeof csvDataset>[0]>])[] = [
      ["a,b,y\n1,2,p\n3,4,q\n5,6,p\n7,8,q\n", {}],
      ['\ufeff\n\r\n"a,\n""1""",b,y\r\n1,2,p\r\n3,4,q\r\n5,6,p\r\n7,8,q', { dtype: "float64" }],
      ["1,2,p\n3,4,q\n5,6,p\n7,8,q\n", { header: false, label: "column3" }],
      ["1,2,p\n3,4,q\n5,6,p\n7,8,q\n", { header: ["a", "b", "y"] }],
    ];
    const specs: DataSpec[] = [
      blobs({ numClasses: 3, inputDim: 5, spread: 1, train: 30, validation: 20, test: 10 }),
    ];
    for (const [index, [text, fields]] of tables.entries()) {
      await Deno.writeTextFile(`${folder}/${index}.csv`, text);
      specs.push(csvDataset({ file: `${index}.csv`, label: "y", classes: ["p", "q"], ...SIZES, ...fields }));
    }
    for (const spec of specs) {
      assertEquals(await measureData(spec, place), shapeOfLoaded(await loadDataset(spec, place)));
    }
  }),
);

Deno.test(
  "measureData() gives the shape of official data as they are loaded, without their files",
  inFolder(async (folder) => {
    const { source } = await tinySource();
    for (const [name, bytes] of Object.entries(tinyFiles)) await Deno.writeFile(`${folder}/${name}`, bytes);
    const loaded = await loadOfficial(SIZES, { source, cacheDir: `${folder}/cache`, folder });
    const { measure } = officialData(source, mnist);
    assertEquals(await measure({ kind: "mnist", ...SIZES }, { baseDir: folder }), shapeOfLoaded(loaded));
    const place = { baseDir: "nowhere" };
    assertEquals(await measureData(mnist(SIZES), place), {
      inputDim: 784,
      numClasses: 10,
      bytes: 4 * 788 + 4 * 784,
    });
    assertEquals(await measureData(cifar10(SIZES), place), {
      inputDim: 3072,
      numClasses: 10,
      bytes: 4 * 3076 + 4 * 3072,
    });
  }),
);

Deno.test(
  "measureData() does not know the shape of a table whose first line it cannot read",
  inFolder(async (folder) => {
    const long = "x,".repeat(600_000);
    const texts = ["", "y\n", "\n\n", 'a"b,y\n1,p\n', `${long}y\n`];
    for (const [index, text] of texts.entries()) await Deno.writeTextFile(`${folder}/${index}.csv`, text);
    await Deno.mkdir(`${folder}/folder.csv`);
    for (const file of [...texts.keys().map((index) => `${index}.csv`), "folder.csv", "missing.csv"]) {
      const spec = csvDataset({ file, label: "y", classes: ["p", "q"], ...SIZES });
      assertEquals(await measureData(spec, { baseDir: folder }), null, file);
    }
  }),
);
