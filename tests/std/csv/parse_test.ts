import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { parse, type ParseOptions, stringify } from "@std/csv";

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

Deno.test("parse() returns what stringify() was given when every field is text", () => {
  const rows = [["a", 'b"', ",", ""], ["line\nbreak", " space ", "'", "é😀"]];
  assertEquals(parse(stringify(rows)), rows);
});
