import { assertEquals } from "@std/assert";
import { readTable } from "../../../../lib/data/reading/read_table.ts";
import { inFolder } from "../../../helpers/in_folder.ts";
import { columnsOf, refusalOf, tableOf } from "../tables.ts";

Deno.test(
  "decodeJson() reads lists of objects",
  inFolder(async (folder) => {
    const rows = [
      { n: 1.5, t: "a", b: true, d: "2024-01-01", mixed: 1, late: -999 },
      { n: null, t: " ? ", b: false, d: null, mixed: "x", late: "7" },
    ];
    const files = { "1.json": JSON.stringify(rows), "2.json": '[{"n":1e3,"t":"b"}]' };
    const table = await readTable(await tableOf(folder, { files, markers: ["?", "-999"] }));
    assertEquals(await columnsOf(table), {
      n: ["number", 1.5, null, 1000],
      t: ["text", "a", null, "b"],
      b: ["text", "true", "false", null],
      d: ["date", 19723, null, null],
      mixed: ["text", "1", "x", null],
      late: ["number", null, 7, null],
    });
    assertEquals([table.firstRows, table.placeOf(1), table.placeOf(2)], [
      [0, 2],
      { file: "1.json", line: 2 },
      { file: "2.json", line: 1 },
    ]);
  }),
);

Deno.test(
  "decodeJson() names what is wrong",
  inFolder(async (folder) => {
    const nearly = [...Array.from({ length: 19 }, (_, a) => ({ a })), { a: "x" }];
    const cases: readonly (readonly [text: string, message: string])[] = [
      ["{}", "t.json must be a list of objects"],
      ["[]", "t.json must have rows, found none"],
      ["[{}, 1]", 't.json row 2: it must be an object, found "1"'],
      [
        '[{"a":1},{"a":[1]}]',
        't.json row 2, column "a": a value must be a number, a text, true or false, found a list',
      ],
      [
        JSON.stringify(nearly),
        't.json row 20, column "a": a field must be a number as 19 of 20 are, found "x"; if that stands for a missing ' +
        'value, declare missing: { markers: ["x"] }; if the column has names, columns: { a: "categorical" }; or leave ' +
        'it out by drop: ["a"]',
      ],
    ];
    for (const [text, message] of cases) {
      const refused = await refusalOf(await tableOf(folder, { files: { "t.json": text } }));
      assertEquals(refused, `Cannot read data: ${message}`);
    }
    const refused = await refusalOf(
      await tableOf(folder, { files: { "t.json": '[{"a":"x"}]' }, types: { a: "number" } }),
    );
    assertEquals(
      refused,
      'Cannot read data: t.json row 1, column "a": a field must be a number, found "x"; if it stands for a missing ' +
        'value, declare missing: { markers: ["x"] }',
    );
  }),
);
