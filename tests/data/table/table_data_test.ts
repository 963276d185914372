import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { dataDigest } from "../../../lib/data/data_digest.ts";
import { measureData } from "../../../lib/data/measure_data.ts";
import { table } from "../../../lib/data/table/declaration/table.ts";
import type {
  ClassFields,
  CommonFields,
  TableFields,
} from "../../../lib/data/table/declaration/table_fields.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const TEXT = "x,y\n1,a\n2,b\n";

async function digests(baseDir: string, ...all: readonly TableFields[]): Promise<readonly string[]> {
  return await Promise.all(all.map((fields) => dataDigest(table(fields), { baseDir })));
}

Deno.test(
  "dataDigest() of a table is that of its content and its declaration, not of where it is",
  inFolder(async (baseDir) => {
    await Deno.writeTextFile(`${baseDir}/a.csv`, TEXT);
    await Deno.mkdir(`${baseDir}/in`);
    await Deno.writeTextFile(`${baseDir}/in/b.csv`, TEXT);
    await Deno.writeTextFile(`${baseDir}/c.csv`, TEXT.replace("2", "3"));
    const fields = { file: "a.csv", label: "y" };
    const [own, moved, folder, changed] = await digests(
      baseDir,
      ...[fields, { ...fields, file: "in/b.csv" }, { ...fields, file: "in" }, { ...fields, file: "c.csv" }],
    );
    assertEquals([moved, folder], [own, own]);
    assertNotEquals(changed, own);
    const others: readonly (Partial<CommonFields> & Pick<ClassFields, "stratify">)[] = [
      ...[{ seed: 1 }, { scaling: "none" }, { train: 1 }, { folds: 2 }, { drop: ["x"] }, {
        stratify: false,
      }] as const,
      ...[{ missing: { markers: ["?"] } }, { columns: { x: "categorical" } }, { testFile: "c.csv" }] as const,
      { file: ["a.csv", "c.csv"] },
    ];
    const found = await digests(baseDir, ...others.map((other) => ({ ...fields, ...other })));
    assertEquals(new Set([own, ...found]).size, others.length + 1);
  }),
);

Deno.test(
  "dataDigest() of a table refuses content that differs from the declared digest",
  inFolder(async (baseDir) => {
    await Deno.writeTextFile(`${baseDir}/a.csv`, TEXT);
    const sha256 = "0".repeat(64);
    await assertRejects(
      () => digests(baseDir, { file: "a.csv", label: "y", sha256 }),
      InputError,
      `Cannot use data: a.csv must have the SHA-256 ${sha256}, which data.sha256 declares, found `,
    );
  }),
);

Deno.test("dataDigest() of a file of an npm package needs neither the file nor a network, and its shape is not known", async () => {
  const spec = table({ file: "npm:none@0.0.1/a.csv", label: "y", sha256: "1".repeat(64) });
  const digest = await dataDigest(spec, { baseDir: "/nowhere" });
  assertEquals(digest.length, 64);
  assertNotEquals(digest, await dataDigest({ ...spec, sha256: "2".repeat(64) }, { baseDir: "/nowhere" }));
  assertEquals(await measureData(spec, { baseDir: "/nowhere" }), null);
});
