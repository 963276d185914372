import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { listFiles } from "../../../lib/data/reading/list_files.ts";
import { inFolder } from "../../helpers/in_folder.ts";

Deno.test(
  "listFiles() lists a file, files in their order, or the tables of a folder by name",
  inFolder(async (baseDir) => {
    await Deno.mkdir(`${baseDir}/data/inner.csv`, { recursive: true });
    for (const name of ["b.csv", "a.CSV.gz", ".hidden.csv", "notes.md", "B.csv"]) {
      await Deno.writeTextFile(`${baseDir}/data/${name}`, "");
    }
    const at = (name: string) => ({ name, path: `${baseDir}/${name}` });
    assertEquals(await listFiles("data/b.csv", { baseDir }), [at("data/b.csv")]);
    assertEquals(await listFiles(["z.csv", "data/b.csv"], { baseDir }), [at("z.csv"), at("data/b.csv")]);
    assertEquals(await listFiles("data", { baseDir }), ["data/B.csv", "data/a.CSV.gz", "data/b.csv"].map(at));
  }),
);

Deno.test(
  "listFiles() refuses a folder without tables and a file with another ending",
  inFolder(async (baseDir) => {
    const endings = ".csv, .tsv, .txt or .data (each also with .gz), .parquet or .json";
    await Deno.mkdir(`${baseDir}/data`);
    const message = async (declared: string | readonly string[]) =>
      (await assertRejects(() => listFiles(declared, { baseDir }), InputError)).message;
    assertEquals(
      await message("data"),
      `Cannot read data: the folder data must have a file whose name ends in ${endings}, found none`,
    );
    assertEquals(
      await message(["a.csv", "b.xlsx"]),
      `Cannot read data: the name of a table must end in ${endings}, found "b.xlsx"`,
    );
  }),
);
