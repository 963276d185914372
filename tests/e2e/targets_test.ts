import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { committedFiles, EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

function onTable(fields: string): string {
  return EXPERIMENT
    .replace("blobs, define", "table, define")
    .replace(", 1e30]", "]")
    .replace("repeats: 2", "repeats: 1")
    .replace(/blobs\(\{[^}]*\}\)/, `table({ file: "rows.csv", ${fields} })`);
}

/** Columns whose names are those of the output of predict, too. */
const NAMES = ["x", "y", "row", "price", "rain", "rain probability"] as const;
const ROWS = Array.from({ length: 90 }, (_, row) => [
  row % 9,
  row % 7 - 3,
  row % 9 - 4.5,
  1000 + 10 * (row % 7),
  Number(row % 9 > 4),
  Number(row % 7 > 3),
]);
const TEXT = `${NAMES.join()}\n${ROWS.map((row) => row.join()).join("\n")}\n`;

interface Case {
  readonly fields: string;
  /** The columns of what predict writes. */
  readonly columns: string;
  /** What it says of the file with everything. */
  readonly found: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  numbers: {
    fields: 'target: ["row", "price"], drop: ["rain", "rain probability"], missing: { label: "dropRow" }',
    columns: "file,row,row predicted,price",
    found:
      /^row: RMSE [\d.]+, MAE [\d.]+, R² -?[\d.]+, 90 rows with a target\nprice: RMSE .*, 90 rows with a target\n$/,
  },
  labels: {
    fields: 'labels: ["rain", "rain probability"], drop: ["row", "price"]',
    columns: "file,row,rain,rain probability,rain probability predicted,rain probability probability",
    found: /^accuracy [\d.]+ %: \d+ of 90 rows with all labels\n$/,
  },
};

for (const [kind, { fields, columns, found }] of Object.entries(CASES)) {
  Deno.test(
    `run, verify, export and predict work on a table of ${kind}, whatever the names of its columns`,
    atWork(async ({ folder, run }) => {
      const good = async (...args: string[]) => {
        const ran = await run(...args);
        assertEquals(ran.code, 0, ran.error);
        return ran;
      };
      await Deno.writeTextFile(`${folder}/experiments/rows.csv`, TEXT);
      await good("run", FILE);
      await good("verify", FILE);
      const whole = await committedFiles(`${folder}/results/blobs_rate`);
      for (const index of [1, 2]) {
        await good("run", FILE, "--shard", `${index}/2`, "--results", `shards/${index}`);
      }
      await good("merge", "shards/1", "shards/2", "--results", "merged");
      assertEquals(await committedFiles(`${folder}/merged/blobs_rate`), whole);
      await good("export", FILE, "--format", "onnx", "--out", "model.onnx");
      await good("export", FILE, "--format", "safetensors", "--out", "model.safetensors");
      await Deno.writeTextFile(`${folder}/rows.csv`, TEXT);
      const { out, error } = await good("predict", "model.safetensors", "rows.csv");
      assertEquals(error.match(found)?.[0], error);
      const [head, ...lines] = out.trimEnd().split("\r\n");
      assertEquals([head, lines.length, lines[89].startsWith("rows.csv,90,")], [columns, 90, true]);
      const json = (await good("predict", "model.safetensors", "rows.csv", "--json")).out.trimEnd().split(
        "\n",
      );
      assertEquals(json.map((line) => Object.values(JSON.parse(line)).map(String).join()), lines);
      assertEquals(Object.keys(JSON.parse(json[0])).join(), columns);
      await Deno.writeTextFile(`${folder}/bare.csv`, "y,x\n1,2\n");
      const bare = await good("predict", "model.safetensors", "bare.csv");
      assertEquals(bare.error, "");
    }, { experiment: onTable(fields) }),
  );
}

Deno.test(
  "predict says that errors are too large where a file has any numbers, and counts the rows with all targets alone",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/experiments/rows.csv`, TEXT);
    assertEquals((await run("run", FILE)).code, 0);
    assertEquals((await run("export", FILE, "--format", "safetensors", "--out", "m.safetensors")).code, 0);
    await Deno.writeTextFile(`${folder}/odd.csv`, "x,y,row,price\n1,2,1e300,5\n1,2,,5\n");
    const { code, out, error } = await run("predict", "m.safetensors", "odd.csv");
    assertEquals([code, out.trimEnd().split("\r\n").length], [0, 3], error);
    const [first, second] = error.split("\n");
    assertEquals(first, "row: errors are too large to add, 1 row with a target");
    assert(/^price: RMSE .*, 1 row with a target$/.test(second), second);
    await Deno.writeTextFile(`${folder}/wrong.csv`, "x,y,row,price\n1,2,3,cheap\n");
    const wrong = await run("predict", "m.safetensors", "wrong.csv");
    assertEquals(wrong.code, 2);
    assertStringIncludes(
      wrong.error,
      'wrong.csv line 2, column "price": a field must be a number, found "cheap"',
    );
  }, { experiment: onTable(CASES.numbers.fields) }),
);
