import { assertEquals, assertThrows } from "@std/assert";
import { stringify, type StringifyOptions } from "@std/csv";

const written: readonly {
  name: string;
  rows: Parameters<typeof stringify>[0];
  options?: StringifyOptions;
  text: string;
}[] = [
  { name: "arrays", rows: [["a", 1], [true, null]], text: "a,1\r\ntrue,\r\n" },
  { name: "nothing", rows: [], text: "" },
  { name: "a header alone", rows: [], options: { columns: ["a", "b"] }, text: "a,b\r\n" },
  {
    name: "separators, quotes and line breaks",
    rows: [["a,b", 'c"d', "e\nf"]],
    text: '"a,b","c""d","e\nf"\r\n',
  },
  { name: "a carriage return", rows: [["a\rb"]], text: "a\rb\r\n" },
  { name: "objects", rows: [{ x: 1, y: 2 }], options: { columns: ["y", "x"] }, text: "y,x\r\n2,1\r\n" },
  { name: "no header", rows: [{ x: 1 }], options: { columns: ["x"], headers: false }, text: "1\r\n" },
  {
    name: "nested values",
    rows: [{ a: { b: [7, 8] }, c: { d: 1 } }],
    options: { columns: [["a", "b", 1], { prop: "c", header: "see" }, "z"] },
    text: '1,see,z\r\n8,"{""d"":1}",\r\n',
  },
  { name: "a separator", rows: [["a,b", "c\td"]], options: { separator: "\t" }, text: 'a,b\t"c\td"\r\n' },
  { name: "a byte-order mark", rows: [["a"]], options: { bom: true }, text: "\ufeffa\r\n" },
];

for (const { name, rows, options, text } of written) {
  Deno.test(`stringify() writes CRLF lines when given ${name}`, () => {
    assertEquals(stringify(rows, options), text);
  });
}

Deno.test("stringify() throws when a column does not fit", () => {
  assertThrows(
    () => stringify([{ a: 1 }]),
    TypeError,
    "No property accessor function was provided for object",
  );
  assertThrows(
    () => stringify([[1]], { columns: ["a"] }),
    TypeError,
    'Property accessor is not of type "number"',
  );
  assertThrows(() => stringify([], { separator: '"' }), TypeError, "Separator cannot include");
});
