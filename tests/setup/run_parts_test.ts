import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { inTurn } from "./in_turn.ts";
import { runPart } from "./run_part.ts";
import { type Part, type PartOutcome, runParts } from "./run_parts.ts";
import { suiteOutcome } from "./suite_outcome.ts";
import { makeTemporaryFiles } from "./temporary_files.ts";

const encoder = new TextEncoder();

/** Collects what is written. */
function page(): { readonly write: (bytes: Uint8Array) => void; readonly text: () => string } {
  let text = "";
  return { write: (bytes) => void (text += new TextDecoder().decode(bytes)), text: () => text };
}

Deno.test("inTurn() passes the first writer's text on at once, and each other's when those before have ended", () => {
  const { write, text } = page();
  const [a, b, c] = inTurn(3, write);
  b.write(encoder.encode("b1 "));
  a.write(encoder.encode("a1 "));
  assertEquals(text(), "a1 ");
  c.write(encoder.encode("c1 "));
  c.end();
  a.write(encoder.encode("a2 "));
  assertEquals(text(), "a1 a2 ");
  a.end();
  assertEquals(text(), "a1 a2 b1 ");
  b.write(encoder.encode("b2 "));
  b.end();
  assertEquals(text(), "a1 a2 b1 b2 c1 ");
});

Deno.test("runParts() gives whoever is free the next part, and returns the outcomes in the order of the parts", async () => {
  const { write, text } = page();
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const run = async (
    part: Part,
    turn: { readonly write: (bytes: Uint8Array) => void },
  ): Promise<PartOutcome> => {
    const [name] = part;
    begun.push(name);
    turn.write(encoder.encode(`${name} `));
    await new Promise<void>((resolve) => ends.set(name, resolve));
    return { part, code: 0, text: name };
  };
  const all = runParts([["a"], ["b"], ["c"], ["d"]], { slots: 2, run, write });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  assertEquals(begun, ["a", "b"]);
  ends.get("b")!();
  await settle();
  assertEquals([begun, text()], [["a", "b", "c"], "a "]);
  ends.get("a")!();
  await settle();
  assertEquals([begun, text()], [["a", "b", "c", "d"], "a b c "]);
  ends.get("d")!();
  ends.get("c")!();
  assertEquals((await all).map(({ text }) => text), ["a", "b", "c", "d"]);
  assertEquals(text(), "a b c d ");
});

Deno.test("runParts() begins no further part when its signal aborts", async () => {
  const stop = new AbortController();
  const begun: Part[] = [];
  const run = (part: Part): Promise<PartOutcome> => {
    begun.push(part);
    stop.abort();
    return Promise.resolve({ part, code: 143, text: "" });
  };
  await runParts([["a"], ["b"]], { slots: 1, run, write: () => {}, signal: stop.signal });
  assertEquals(begun, [["a"]]);
});

interface RealPart {
  readonly what: string;
  readonly test: string;
  readonly limitMs?: number;
  readonly code: number;
  /** What is counted of it; FILE stands for its path. */
  readonly failures: readonly string[];
  /** The end of what is written. */
  readonly end: string;
}

const REAL_PARTS: readonly RealPart[] = [
  { what: "passes", test: "() => {}", code: 0, failures: [], end: "ok | 1 passed | 0 failed" },
  {
    what: "fails",
    test: '() => { throw new Error("no"); }',
    code: 1,
    failures: ["a test => FILE:1:6"],
    end: "error: Test failed",
  },
  {
    what: "is killed",
    test: '() => { Deno.kill(Deno.pid, "SIGKILL"); }',
    code: 137,
    failures: ["FILE ended without a summary, exit code 137"],
    end: "a test ...",
  },
  {
    what: "hangs",
    test: "() => { while (true); }",
    limitMs: 3000,
    code: 137,
    failures: ["FILE ended without a summary, exit code 137"],
    end: "FILE was ended after 3 s",
  },
];

for (const { what, test, limitMs, code, failures, end } of REAL_PARTS) {
  Deno.test(`runPart() passes on what a part writes when it ${what}`, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      const path = `${folder}/a_test.ts`;
      Deno.writeTextFileSync(path, `Deno.test("a test", ${test});\n`);
      const { write, text } = page();
      using files = await makeTemporaryFiles();
      const { signal } = new AbortController();
      const outcome = await runPart([path], { write, files, signal, limitMs });
      assertEquals([outcome.part, outcome.code], [[path], code]);
      const whole = suiteOutcome([outcome]);
      const shown = whole.failures.map((failure) => failure.replace(/\S*a_test\.ts/, "FILE"));
      assertEquals([whole.failed, shown], [failures.length, failures]);
      assertStringIncludes(stripVTControlCharacters(text()).slice(-200), end.replace("FILE", path));
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

for (const mayMount of [true, false]) {
  Deno.test(`makeTemporaryFiles() gives a folder of one's own when the system ${mayMount ? "lets" : "does not let"} it mount one`, async () => {
    const files = await makeTemporaryFiles({
      run: () => Promise.resolve({ success: mayMount, out: "", error: "" }),
    });
    assertEquals(Deno.statSync(files.folder).isDirectory, true);
    assertEquals(files.prefix.length > 0, mayMount);
    Deno.writeTextFileSync(`${files.folder}/left`, "");
    files[Symbol.dispose]();
    assertThrows(() => Deno.statSync(files.folder), Deno.errors.NotFound);
  });
}
