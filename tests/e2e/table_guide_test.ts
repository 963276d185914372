// The guide "From your CSV to a result in five minutes", as a reader follows it.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { atWork } from "./workplace.ts";

const MODULE = new URL("../../mod.ts", import.meta.url).href;
const GUIDE = Deno.readTextFileSync(new URL("../../experiments/README.md", import.meta.url));
const [, CHAPTER] = /^### From your CSV to a result in five minutes\n(.*?)^### /ms.exec(GUIDE)!;

/** Returns the blocks of a language in the guide's chapter. */
function blocks(language: string): readonly string[] {
  return [...CHAPTER.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, name, text]) =>
    name === language ? [text] : []
  );
}

/** The guide's file with more rows: who is older and spends less leaves. */
function customers(head: string): string {
  const [names, ...rows] = head.trimEnd().split("\n");
  const more = Array.from({ length: 240 - rows.length }, (_, row) => {
    const age = 20 + (row * 17) % 50;
    const spent = (row * 31) % 120;
    const left = age * 2 - spent > 60 ? "yes" : "no";
    const plan = ["basic", "plus", "team"][row % 3];
    const day = String(1 + row % 28).padStart(2, "0");
    return `${rows.length + 1 + row};2021-0${1 + row % 9}-${day};${plan};${
      row % 20 === 7 ? "?" : age
    };${spent},5;${left}`;
  });
  return `${[names, ...rows, ...more].join("\n")}\n`;
}

Deno.test(
  "the guide from a CSV file to a result works as it is written",
  atWork(async ({ folder, run }) => {
    const [experiment] = blocks("ts");
    const commands = blocks("sh").flatMap((block) => block.trimEnd().split("\n"));
    assertEquals(commands.length, 5);
    await Deno.mkdir(`${folder}/experiments/data`, { recursive: true });
    await Deno.writeTextFile(`${folder}/experiments/data/customers.csv`, customers(blocks("csv")[0]));
    // The test's folder is no copy of this repository.
    const own = experiment.replace('"../mod.ts"', JSON.stringify(MODULE));
    await Deno.writeTextFile(`${folder}/experiments/customers.ts`, own);
    const shown = [];
    for (const command of commands) {
      const words = command.replaceAll('"', "").split(" ");
      assertEquals(words.slice(0, 2), ["deno", "task"], command);
      const ran = await run(words[2], ...words.slice(3));
      assertEquals(ran.code, 0, `${command}\n${ran.error}`);
      shown.push(ran);
    }
    const [looked, declared, , , predicted] = shown;
    const [table] = blocks("");
    for (const line of table.trimEnd().split("\n").filter((text) => text !== "…")) {
      const start = line.split("…")[0].trimEnd();
      assert(looked.out.includes(start), `${start}\nis not in\n${looked.out}`);
    }
    assertStringIncludes(declared.out, "not used");
    assertEquals(predicted.out.trimEnd().split("\r\n").length, 241);
    const accuracy = Number(/accuracy ([\d.]+) %/.exec(predicted.error)?.[1]);
    assert(accuracy > 85, predicted.error);
  }),
);
