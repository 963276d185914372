import { assertEquals } from "@std/assert";
import { table } from "../../../lib/cli/terminal/table.ts";

Deno.test("table() aligns columns and leaves no space at the end of a line", () => {
  assertEquals(table([["a", "bb", ""], ["ccc", "d", "e"]]), "a    bb\nccc  d   e\n");
});

Deno.test("table() aligns columns by their width, and keeps each row on its line", () => {
  assertEquals(
    table([["tag", "n"], ["日本語", "1"], ["two\nlines", "2"], ["\x1b[2J", "3"], ["e\u0301", "4"]]),
    "tag         n\n日本語      1\ntwo\\nlines  2\n\\u001b[2J   3\ne\u0301           4\n",
  );
});

const WIDE = [
  ["rank", "trial", "hiddenDims", "kind"],
  ["1", "0123456789abcdef", "100,100,100,100,100,100", "a"],
  ["2", "0123456789abcdef", "5", "b".repeat(30)],
] as const;

Deno.test("table() leaves every cell whole where there is no terminal, or where it fits", () => {
  const whole = table(WIDE);
  assertEquals(table(WIDE, { columns: 81, shorten: [2, 3] }), whole);
  assertEquals(table(WIDE, { columns: null, shorten: [2, 3], below: true }), whole);
});

Deno.test("table() shortens cells of the given columns in the middle, the longest first", () => {
  assertEquals(
    table(WIDE, { columns: 70, shorten: [2, 3], below: true }),
    "rank  trial             hiddenDims              kind\n" +
      "1     0123456789abcdef  100,100,100,10…100,100  a\n" +
      "2     0123456789abcdef  5                       bbbbbbbbbbbbbb…bbbbbbb\n",
  );
});

Deno.test("table() writes cells below their row where they would be shortened to very little", () => {
  assertEquals(
    table(WIDE, { columns: 48, shorten: [2, 3], below: true }),
    "rank  trial\n" +
      "1     0123456789abcdef\n" +
      "    hiddenDims=100,100,100,100,100,100, kind=a\n" +
      "2     0123456789abcdef\n" +
      "    hiddenDims=5,\n" +
      "      kind=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n",
  );
});

Deno.test("table() leaves eight columns to a cell on the narrowest terminal", () => {
  const rows = [["name", "n"], ["a_very_long_name", "12345"]];
  assertEquals(table(rows, { columns: 1, shorten: [0] }), "name      n\na_ver…me  12345\n");
});

Deno.test("table() writes what all rows have in common once, below them", () => {
  const rows = [["n", "axis", "other"], ["1", "a".repeat(20), "b".repeat(20)], ["2", "a".repeat(20), "c"]];
  assertEquals(
    table(rows, { columns: 26, shorten: [1, 2], below: true }),
    "n\n1\n    other=bbbbbbb…bbbbbb\n2\n    other=c\n    each has\n      axis=aaaaaaaa…aaaaaa\n",
  );
});

Deno.test("table() leaves out empty cells below a row", () => {
  const rows = [["n", "axis", "other"], ["1", "a".repeat(20), ""], ["2", "", ""], ["3", "b", "c".repeat(20)]];
  assertEquals(
    table(rows, { columns: 26, shorten: [1, 2], below: true }),
    "n\n1\n    axis=aaaaaaaa…aaaaaa\n2\n3\n    axis=b,\n      other=ccccccc…cccccc\n",
  );
});
