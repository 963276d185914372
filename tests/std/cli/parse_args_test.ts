import { assertEquals } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli";
import { parseArgs as parseArgsAlone } from "@std/cli/parse-args";

const cases: readonly { line: string; options?: ParseOptions; result: Record<string, unknown> }[] = [
  { line: "", result: { _: [] } },
  { line: "a 1 -", result: { _: ["a", 1, "-"] } },
  { line: "1", options: { string: "_" }, result: { _: ["1"] } },
  { line: "--foo --bar=baz ./quux.txt", result: { foo: true, bar: "baz", _: ["./quux.txt"] } },
  { line: "--foo bar", result: { foo: "bar", _: [] } },
  { line: "--foo bar", options: { boolean: "foo" }, result: { foo: true, _: ["bar"] } },
  { line: "--foo false x", options: { boolean: ["foo"] }, result: { foo: false, _: ["x"] } },
  { line: "--foo=false", options: { boolean: ["foo"] }, result: { foo: false, _: [] } },
  { line: "--foo a --bar", options: { boolean: true }, result: { foo: true, bar: true, _: ["a"] } },
  { line: "", options: { boolean: ["foo"] }, result: { foo: false, _: [] } },
  { line: "--n 5 --m 1e3 --o 0x10 --p 1a", result: { n: 5, m: 1000, o: 16, p: "1a", _: [] } },
  { line: "--n 5", options: { string: "n" }, result: { n: "5", _: [] } },
  { line: "--n --m", options: { string: ["n", "m"] }, result: { n: "", m: "", _: [] } },
  { line: "--n -5", result: { n: true, 5: true, _: [] } },
  { line: "--n=-5", result: { n: -5, _: [] } },
  { line: "--x=a=b", result: { x: "a=b", _: [] } },
  { line: "--a 1 --a 2", result: { a: 2, _: [] } },
  { line: "--a 1 --a 2", options: { collect: "a" }, result: { a: [1, 2], _: [] } },
  { line: "--a 1", options: { collect: "a", string: "a" }, result: { a: ["1"], _: [] } },
  { line: "", options: { collect: "a", string: "a" }, result: { a: [], _: [] } },
  { line: "", options: { collect: "a" }, result: { _: [] } },
  { line: "--a --a", options: { collect: "a", boolean: "a" }, result: { a: [true, true], _: [] } },
  { line: "--no-a", result: { "no-a": true, _: [] } },
  { line: "--no-a", options: { negatable: "a" }, result: { a: false, _: [] } },
  { line: "--a x --no-a", options: { negatable: "a", collect: "a" }, result: { a: false, _: [] } },
  { line: "--b", options: { default: { a: 1, b: 2 } }, result: { a: 1, b: true, _: [] } },
  { line: "", options: { boolean: "a", default: { a: true } }, result: { a: true, _: [] } },
  { line: "-h", options: { alias: { help: "h" }, boolean: "help" }, result: { help: true, h: true, _: [] } },
  { line: "--w 2", options: { alias: { a: ["w", "x"] } }, result: { a: 2, w: 2, x: 2, _: [] } },
  { line: "", options: { alias: { a: "b" }, default: { a: 1 } }, result: { a: 1, b: 1, _: [] } },
  { line: "-abc", result: { a: true, b: true, c: true, _: [] } },
  { line: "-ab x", result: { a: true, b: "x", _: [] } },
  { line: "-n5 -m=6 -o 7 -p-1", result: { n: 5, m: 6, o: 7, p: -1, _: [] } },
  { line: "-a -", result: { a: "-", _: [] } },
  { line: "-f/tmp/x", result: { f: "/tmp/x", _: [] } },
  { line: "--a x --b -- --c 1", result: { a: "x", b: true, _: ["--c", "1"] } },
  { line: "x -- --c", options: { "--": true }, result: { _: ["x"], "--": ["--c"] } },
  { line: "--a=1 run --b=2", options: { stopEarly: true }, result: { a: 1, _: ["run", "--b=2"] } },
  { line: "--a.b 1 --a.c=2", result: { a: { b: 1, c: 2 }, _: [] } },
  { line: "", options: { default: { "a.b": 3 } }, result: { a: { b: 3 }, _: [] } },
];

for (const { line, options, result } of cases) {
  Deno.test(`parseArgs() reads the options when given "${line}" and ${JSON.stringify(options ?? {})}`, () => {
    assertEquals<unknown>(parseArgs(line.split(" ").filter((arg) => arg !== ""), options), result);
  });
}

Deno.test("parseArgs() drops what is unknown when the callback returns false", () => {
  const seen: unknown[] = [];
  const args = parseArgs(["--a", "1", "x", "-b", "--known=2"], {
    string: ["known"],
    unknown: (arg, key, value) => {
      seen.push([arg, key, value]);
      return false;
    },
  });
  assertEquals<unknown>(args, { known: "2", _: [] });
  assertEquals(seen, [["--a", "a", "1"], ["x", undefined, undefined], ["-b", "b", true]]);
});

Deno.test("parseArgs() infers types when names are declared", () => {
  const args = parseArgsAlone(["--workers", "2", "--set", "a=1", "--json", "f.ts"], {
    boolean: ["json"],
    string: ["workers", "set", "results"],
    collect: ["set"],
    default: { results: "results" },
    "--": true,
  });
  const json: boolean = args.json;
  const workers: string | undefined = args.workers;
  const set: string[] = args.set;
  const results: string = args.results;
  const behind: string[] = args["--"];
  assertEquals({ json, workers, set, results, behind, _: args._ }, {
    json: true,
    workers: "2",
    set: ["a=1"],
    results: "results",
    behind: [],
    _: ["f.ts"],
  });
});
