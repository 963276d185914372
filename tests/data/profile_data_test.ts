import { assertEquals } from "@std/assert";
import { profileData } from "../../lib/data/profile_data.ts";
import { table } from "../../lib/data/table/declaration/table.ts";
import type { TableFields } from "../../lib/data/table/declaration/table_fields.ts";
import type { TableProfile } from "../../lib/data/profile/table_profile.ts";
import { inFolder } from "../helpers/in_folder.ts";

const TEXT = `x,c,a,b,g\n${
  Array.from({ length: 40 }, (_, row) =>
    [row % 8, "uv"[row % 2], row % 3 === 0 ? "yes" : "no", row % 4 === 0 ? 1 : 0, `g${row % 10}`].join(","))
    .join(
      "\n",
    )
}\n`;

async function profileOf(fields: Omit<TableFields, "file">): Promise<TableProfile> {
  let profile: TableProfile | null = null;
  await inFolder(async (baseDir) => {
    await Deno.writeTextFile(`${baseDir}/t.csv`, TEXT);
    const spec = table({ file: "t.csv", ...fields } as TableFields);
    profile = await profileData(spec, { baseDir, cacheDir: `${baseDir}/cache` });
  })();
  return profile!;
}

Deno.test("profileData() shows numbers and labels that are predicted as such, and no classes", async () => {
  const numbers = await profileOf({ target: ["x", "b"], drop: ["a"], groups: "g", folds: 3 });
  assertEquals(numbers.columns.map(({ name, kind }) => `${name}: ${kind}`), [
    ...["x: target", "c: categorical", "b: target", "g: groups", "a: not used"],
  ]);
  assertEquals([numbers.classes, numbers.folds, numbers.inputDim], [null, 3, 2]);
  assertEquals(numbers.columns[0].range, "0 to 7");
  const labels = await profileOf({ labels: ["a", "b"], drop: ["g"] });
  assertEquals(labels.columns.map(({ name, kind }) => `${name}: ${kind}`), [
    ...["x: numeric", "c: categorical", "a: label", "b: label", "g: not used"],
  ]);
  assertEquals([labels.classes, labels.rows, labels.inputDim], [null, 40, 3]);
});
