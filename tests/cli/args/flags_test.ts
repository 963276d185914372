import { assertEquals, assertThrows } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import type { Flag } from "../../../lib/cli/args/flag.ts";
import { COMMON_FLAGS, FLAGS } from "../../../lib/cli/args/flags.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

Deno.test("FLAGS have the defaults that their help says", () => {
  const ofDefaults: readonly (readonly [Flag, unknown])[] = [
    [FLAGS.workers, navigator.hardwareConcurrency],
    [FLAGS.results, "results"],
    [FLAGS.experiments, "experiments"],
    [FLAGS.port, 8737],
  ];
  for (const [flag, otherwise] of ofDefaults) assertEquals(flag.read([]), otherwise, flag.name);
  assertEquals([FLAGS.tolerance, FLAGS.suspicious, FLAGS.engine].map((flag) => flag.read([])), [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("FLAGS read a part of the grid as its number and how many there are", () => {
  for (const flag of [FLAGS.shard, FLAGS.checkShard]) {
    assertEquals(flag.read(["2/3"]), { index: 2, count: 3 });
    const error = assertThrows(() => flag.read(["3/2"]), InputError);
    assertEquals(error.message, 'Cannot read --shard: it must be I/N with I from 1 to N, found "3/2"');
  }
});

Deno.test("commands name the flags that they cannot do without", () => {
  const required = COMMANDS.flatMap(({ name, flags }) =>
    flags.filter(({ isRequired }) => isRequired).map((flag) => `${name} --${flag.name}`)
  );
  assertEquals(required, [
    "baseline --reason",
    "merge --results",
    "bisect --good",
    "trace --trial",
    "trace --epoch",
    "export --format",
    "export --out",
  ]);
});

Deno.test("no command has two flags of one name, and each flag of the table is one of some command", () => {
  for (const { name, flags } of COMMANDS) {
    const names = [...flags, ...COMMON_FLAGS].map((flag) => flag.name);
    assertEquals(names.filter((flag, at) => names.indexOf(flag) !== at), [], name);
  }
  const used = new Set(COMMANDS.flatMap(({ flags }) => flags.map(({ about }) => about)));
  const unused = Object.entries(FLAGS).filter(([, flag]) =>
    !used.has(flag.about) && !COMMON_FLAGS.some(({ name }) => name === flag.name)
  );
  assertEquals(unused.map(([name]) => name), []);
});
