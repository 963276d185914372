import { assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

/** The experiment on a table as a spreadsheet saves it, compressed. */
const ON_CSV = EXPERIMENT
  .replace("blobs, define", "csvDataset, define")
  .replace(", 1e30]", "]")
  .replace(
    /blobs\(\{[^}]*\}\)/,
    'csvDataset({ file: "flowers.csv.gz", label: "Art", classes: ["Föhre", "Eibe"], separator: ";", decimalComma: true, ' +
      'thousands: ".", comment: "#", encoding: "windows-1252", train: 40, validation: 20, test: 20 })',
  );

/** Rows of two species in Windows-1252. */
function rowsOf(separator: string): Uint8Array {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const isTall = row % 2 === 0;
    const height = `${isTall ? "1." : ""}${100 + (row * 7) % 90},5`;
    return [height, `${row % 9},25`, isTall ? "Föhre" : "Eibe"].join(separator);
  });
  const text = `# measured by hand\n${["Höhe", "Breite", "Art"].join(separator)}\n${rows.join("\n")}\n`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

Deno.test(
  "run, check, export and predict take a table as a spreadsheet saves it",
  atWork(async ({ folder, run }) => {
    const bytes = rowsOf(";");
    await Deno.writeFile(`${folder}/experiments/flowers.csv.gz`, gzipSync(bytes));
    const ran = await run("run", FILE);
    assertEquals(ran.code, 0, ran.error);
    const checked = await run("check", FILE);
    assertEquals(checked.code, 0, checked.out);
    const exported = await run("export", FILE, "--format", "safetensors", "--out", "model.safetensors");
    assertEquals(exported.code, 0, exported.error);
    await Deno.writeFile(`${folder}/more.tsv`, bytes);
    const files = ["experiments/flowers.csv.gz", "more.tsv"];
    const [packed, plain] = await Promise.all(
      files.map((file) => run("predict", "model.safetensors", file)),
    );
    assertEquals(packed.code, 0, packed.error);
    assertEquals(packed.out.replaceAll(files[0], files[1]), plain.out);
    assertEquals(packed.out.split("\r\n").filter((line) => line !== "").length, 81);
    assertStringIncludes(packed.out, ",Föhre,");
    await Deno.writeFile(`${folder}/commas.csv`, rowsOf("|"));
    const other = await run("predict", "model.safetensors", "commas.csv");
    assertEquals(other.code, 2);
    assertStringIncludes(other.error, 'fields must be separated by semicolons, not by "|"');
  }, { experiment: ON_CSV }),
);
