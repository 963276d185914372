import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { parse, type ParseOptions, stringify, type StringifyOptions } from "@std/csv";

const wellFormed: readonly { name: string; text: string; options?: ParseOptions; rows: unknown }[] = [
  { name: "LF line ends", text: "a,b\nc,d\n", rows: [["a", "b"], ["c", "d"]] },
  { name: "CRLF line ends, none at the end", text: "a,b\r\nc,d", rows: [["a", "b"], ["c", "d"]] },
  { name: "a lone CR at the end", text: "a,b\r", rows: [["a", "b"]] },
  { name: "an empty text", text: "", rows: [] },
  { name: "empty lines", text: "\n\na\n\n\nb\n", rows: [["a"], ["b"]] },
  { name: "empty fields", text: ",\n,a,", rows: [["", ""], ["", "a", ""]] },
  { name: "a byte-order mark", text: "\ufeffa,b", rows: [["a", "b"]] },
  { name: "quoted separators and quotes", text: '"a,""b""",c\n', rows: [['a,"b"', "c"]] },
  { name: "a quoted line break", text: 'x,"a\r\nb",y', rows: [["x", "a\nb", "y"]] },
  { name: "a quoted empty field at the end", text: 'a,""\nb,c', rows: [["a", ""], ["b", "c"]] },
  { name: "a separator", text: "a;b,c", options: { separator: ";" }, rows: [["a", "b,c"]] },
  { name: "a long separator", text: 'a::"b"::c', options: { separator: "::" }, rows: [["a", "b", "c"]] },
  { name: "comments", text: "# x\na,#b\n#", options: { comment: "#" }, rows: [["a", "#b"]] },
  { name: "no comment by default", text: "#a", rows: [["#a"]] },
  { name: "leading space", text: ' a, "b"', options: { trimLeadingSpace: true }, rows: [["a", "b"]] },
  {
    name: "lazy quotes",
    text: 'a "b",c\n"d"e"',
    options: { lazyQuotes: true },
    rows: [['a "b"', "c"], ['d"e']],
  },
  { name: "an open lazy quote", text: '"a\nb', options: { lazyQuotes: true }, rows: [["a\nb"]] },
  { name: "rows of any length", text: "a\nb,c", options: { fieldsPerRecord: -1 }, rows: [["a"], ["b", "c"]] },
  { name: "a header", text: "x,y\n1,2", options: { skipFirstRow: true }, rows: [{ x: "1", y: "2" }] },
  { name: "columns", text: "1,2", options: { columns: ["x", "y"] }, rows: [{ x: "1", y: "2" }] },
  {
    name: "columns instead of a header",
    text: "x,y\n1,2",
    options: { skipFirstRow: true, columns: ["p", "q"] },
    rows: [{ p: "1", q: "2" }],
  },
];

for (const { name, text, options, rows } of wellFormed) {
  Deno.test(`parse() returns the fields when the text has ${name}`, () => {
    assertEquals<unknown>(options ? parse(text, options) : parse(text), rows);
  });
}

const malformed: readonly { text: string; options?: ParseOptions; type: typeof Error; message: string }[] = [
  {
    text: 'a,b\nc,d"e',
    type: SyntaxError,
    message: 'Syntax error on line 2; parse error on line 2, column 4: bare " in non-quoted-field',
  },
  {
    text: '😀,"a"b',
    type: SyntaxError,
    message:
      'Syntax error on line 1; parse error on line 1, column 5: extraneous or missing " in quoted-field',
  },
  {
    text: 'a\n"b\nc"d',
    type: SyntaxError,
    message:
      'Syntax error on line 2; parse error on line 3, column 2: extraneous or missing " in quoted-field',
  },
  {
    text: '"abc',
    type: SyntaxError,
    message:
      'Syntax error on line 1; parse error on line 1, column 1: extraneous or missing " in quoted-field',
  },
  {
    text: 'a,"',
    type: SyntaxError,
    message:
      'Syntax error on line 1; parse error on line 1, column 4: extraneous or missing " in quoted-field',
  },
  {
    text: "a,b\n\nc",
    options: { fieldsPerRecord: 0 },
    type: SyntaxError,
    message: "Syntax error on line 3: expected 2 fields but got 1",
  },
  {
    text: "a,b",
    options: { fieldsPerRecord: 3 },
    type: SyntaxError,
    message: "Syntax error on line 1: expected 3 fields but got 2",
  },
  {
    text: "x,y\n1",
    options: { skipFirstRow: true },
    type: Error,
    message: "Syntax error on line 2: The record has 1 fields, but the header has 2 fields",
  },
  {
    text: "",
    options: { skipFirstRow: true },
    type: TypeError,
    message: "Cannot parse input: headers must be defined",
  },
  { text: "a", options: { separator: '"' }, type: Error, message: "Cannot parse input: invalid delimiter" },
  {
    text: "a",
    options: { separator: "#", comment: "#" },
    type: Error,
    message: "Cannot parse input: invalid delimiter",
  },
];

for (const { text, options, type, message } of malformed) {
  Deno.test(`parse() throws when given ${JSON.stringify(text)} and ${JSON.stringify(options ?? {})}`, () => {
    const error = assertThrows(() => parse(text, options ?? {}), type);
    assertStrictEquals(error.constructor, type);
    assertEquals(error.message, message);
  });
}

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

Deno.test("parse() returns what stringify() was given when every field is text", () => {
  const rows = [["a", 'b"', ",", ""], ["line\nbreak", " space ", "'", "é😀"]];
  assertEquals(parse(stringify(rows)), rows);
});
