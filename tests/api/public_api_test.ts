import { assert, assertEquals, assertThrows } from "@std/assert";
import { type DocumentedSymbol, publicApi, signatures } from "./public_api.ts";
import { typeText } from "./type_text.ts";

const GOLDEN = new URL("../golden/public_api.txt", import.meta.url);

const RENEW = "If that is meant, say so in CHANGELOG.md and run " +
  "deno run -A --lock=lib/deno.lock tests/api/write_public_api.ts";

/** Returns each line of the file; below a symbol, with its name. */
function linesOf(text: string): readonly string[] {
  let symbol = "";
  return text.split("\n").map((line) => {
    if (line.startsWith("  ")) return `${symbol}: ${line.trim()}`;
    symbol = line;
    return line;
  });
}

Deno.test("what may be imported has the signatures of tests/golden/public_api.txt", async () => {
  const [now, committed] = [linesOf(await publicApi()), linesOf(await Deno.readTextFile(GOLDEN))];
  const changes = [
    ...committed.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !committed.includes(line)).map((line) => `+ ${line}`),
  ];
  assert(
    now.join("\n") === committed.join("\n"),
    `The public signatures have changed:\n${changes.join("\n")}\n${RENEW}`,
  );
});

const keyword = (value: string) => ({ kind: "keyword", value, repr: value });

Deno.test("signatures() change with each name, type and mark of a symbol", () => {
  const symbol = (kind: string, def: object): DocumentedSymbol =>
    ({ name: "x", declarations: [{ kind, def }] }) as DocumentedSymbol;
  const param = { kind: "identifier", name: "a", optional: false, tsType: keyword("string") };
  const cases: readonly (readonly [DocumentedSymbol, readonly string[]])[] = [
    [
      symbol("function", { params: [param], returnType: keyword("void") }),
      ["function x(a: string): void"],
    ],
    [
      symbol("function", {
        params: [{ kind: "assign", left: { kind: "object", tsType: keyword("number") } }, {
          kind: "rest",
          arg: { kind: "identifier", name: "rest" },
          tsType: { kind: "array", value: keyword("string") },
        }],
        returnType: keyword("void"),
        typeParams: [{ name: "T", constraint: keyword("object") }],
      }),
      ["function x<T extends object>(_?: number, ...rest: string[]): void"],
    ],
    [symbol("variable", { tsType: { kind: "literal", value: { kind: "number" }, repr: "1" } }), [
      "const x: 1",
    ]],
    [
      symbol("typeAlias", { tsType: { kind: "union", value: [keyword("string"), keyword("null")] } }),
      ["type x = string | null"],
    ],
    [
      symbol("interface", {
        extends: [{ kind: "typeRef", value: { typeName: "Base", typeParams: [keyword("string")] } }],
        properties: [
          { name: "b", tsType: keyword("number"), readonly: true, optional: true },
          { name: "a", tsType: keyword("number") },
          { name: "hidden", tsType: keyword("number"), jsDoc: { tags: [{ kind: "internal" }] } },
        ],
      }),
      ["interface x extends Base<string>", "  a: number", "  readonly b?: number"],
    ],
    [
      symbol("class", {
        extends: "Error",
        constructors: [{ name: "constructor", params: [param] }],
        methods: [
          { name: "run", kind: "method", functionDef: { params: [], returnType: keyword("void") } },
          { name: "size", kind: "getter", functionDef: { params: [], returnType: keyword("number") } },
        ],
      }),
      ["class x extends Error", "  constructor(a: string)", "  run(): void", "  get size(): number"],
    ],
  ];
  for (const [given, lines] of cases) assertEquals(signatures([given]), lines);
});

Deno.test("typeText() throws for a kind of type that it does not know", () => {
  assertThrows(
    () => typeText({ kind: "riddle", value: 1 }),
    TypeError,
    "Cannot write a type: its kind must be known, found riddle",
  );
});
