import { assertEquals, assertStringIncludes } from "@std/assert";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { modelFromSafetensors } from "../../lib/export/safetensors_model.ts";
import { atWork, isThere } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

Deno.test(
  "export writes the winner's model, the same bytes each time, and predict runs it",
  atWork(async ({ folder, run }) => {
    await run("run", FILE);
    const { winner } = JSON.parse(await Deno.readTextFile(`${folder}/results/blobs_rate/summary.json`));
    const { values } = winner.validationAccuracy;
    const best = values.indexOf(Math.max(...values));
    for (const format of ["safetensors", "onnx"]) {
      const files: Uint8Array[] = [];
      for (const out of [`first.${format}`, `second.${format}`]) {
        const { code, out: text, error } = await run("export", FILE, "--format", format, "--out", out);
        const file = await Deno.readFile(`${folder}/${out}`);
        assertEquals(code, 0, error);
        assertStringIncludes(text, `${out}: blobs_rate ${winner.trials[best]}, `);
        assertStringIncludes(text, `\nSHA-256 ${sha256Hex(file)}\n`);
        files.push(file);
        // The second is trained again.
        await Deno.remove(`${folder}/results/blobs_rate/weights`, { recursive: true }).catch(() => {});
      }
      assertEquals(files[1], files[0]);
    }
    const path = `${folder}/first.safetensors`;
    const { facts } = modelFromSafetensors(await Deno.readFile(path), { path });
    assertEquals([facts.trial, facts.testAccuracy], [winner.trials[best], winner.testAccuracy.values[best]]);

    await Deno.writeTextFile(`${folder}/rows.csv`, "a,b,c,d\n0,0,0,0\n1,2,3,4\n");
    const { code, out, error } = await run("predict", "first.safetensors", "rows.csv");
    assertEquals([code, error], [0, ""]);
    const lines = out.split("\r\n");
    assertEquals([lines.length, lines[0]], [4, "file,row,class,probability"]);
    const json = (await run("predict", "first.safetensors", "rows.csv", "--json")).out.trim().split("\n");
    for (const [i, line] of json.entries()) {
      const { file, row, class: name, probability, label } = JSON.parse(line);
      assertEquals([file, row, label], ["rows.csv", i + 1, null]);
      assertEquals(`${file},${row},${name},${probability}`, lines[i + 1]);
    }
  }),
);

Deno.test(
  "export and predict exit with 2 when they are used in a wrong way, and write no file",
  atWork(async ({ folder, run }) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [
        ["export"],
        "Cannot export: it must be given one experiment file, --format and --out, found 0 experiment files and no " +
        "--format and no --out",
      ],
      [
        ["export", FILE, "--format", "gguf", "--out", "model"],
        'Cannot read --format: it must be one of safetensors, onnx, found "gguf"',
      ],
      [
        ["export", FILE, "--format", "onnx", "--out", "model"],
        "Cannot export from blobs_rate: there is no journal and no summary in " +
        `results/blobs_rate; run ${FILE}`,
      ],
      [["predict"], "Cannot predict: it must be given MODEL and FILE…"],
      [["predict", "model"], "Cannot predict: it must be given MODEL and FILE…"],
      [
        ["predict", "model.onnx", "rows.csv"],
        "Cannot predict with model.onnx: it must be a safetensors file, found ONNX; export the model with --format " +
        "safetensors",
      ],
    ];
    for (const [args, message] of cases) {
      const { code, out, error } = await run(...args);
      assertEquals([code, out, error], [2, "", `error: ${message}\n`]);
    }
    assertEquals(await isThere(`${folder}/model`), false);
  }),
);

Deno.test(
  "predict shows the accuracy when a file has the label",
  atWork(async ({ folder, run }) => {
    for (const file of ["iris_csv.ts", "data/iris.csv"]) {
      await Deno.mkdir(`${folder}/experiments/data`, { recursive: true });
      const text = await Deno.readTextFile(new URL(`../../experiments/${file}`, import.meta.url));
      const module = new URL("../../mod.ts", import.meta.url).href;
      await Deno.writeTextFile(`${folder}/experiments/${file}`, text.replace("../mod.ts", module));
    }
    await run("run", "experiments/iris_csv.ts");
    await run("export", "experiments/iris_csv.ts", "--format", "safetensors", "--out", "iris.safetensors");
    const { code, out, error } = await run("predict", "iris.safetensors", "experiments/data/iris.csv");
    assertEquals([code, error], [0, "accuracy 98.00 %: 147 of 150 rows with a label\n"]);
    assertEquals(out.trim().split("\n").length, 151);
  }),
);
