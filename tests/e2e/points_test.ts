import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

/** Eleven points of three optimizers, of which one is skipped and one has the trials of another. */
const SETS = EXPERIMENT
  .replace(
    "import { blobs, defineExperiment }",
    "import { blobs, defineExperiment, labelled, product, skip, union, zip }",
  )
  .replace(
    "grid: { rate: [0.001, 0.1, 1e30], hidden: [8] },",
    `points: product(
    { dims: [[8], labelled([8, 8], "two")] },
    union(
      { name: ["sgd"], rate: [0.001, 0.1] },
      { name: ["momentum"], rate: [0.1], momentum: [0.5, 0.9] },
      zip({ name: ["rmsprop", "adam"], rate: [0.01, 0.003] }),
    ),
  ),`,
  )
  .replace(
    /trial: .*/s,
    `trial: ({ dims, name, rate, momentum }) =>
    name === "rmsprop" && dims.length > 1 ? skip("too deep for it") : {
      model: { hiddenDims: dims, weightScale: "he" },
      solver: {
        optimizer: name === "momentum" ? { name, learningRate: rate, momentum } : { name, learningRate: rate },
        batchSize: 20,
        epochs: 2,
      },
    },
});
`,
  );

Deno.test(
  "run, check, verify and a part of a run take sets of points, lists and labels as they take a grid",
  atWork(async ({ folder, run }) => {
    const dry = await run("run", FILE, "--dry-run");
    assertEquals(dry.code, 0, dry.error);
    assertStringIncludes(dry.out, "blobs_rate: 22 of 22 trials to run\n");
    assertStringIncludes(
      dry.out,
      "\nskipped  1 point: too deep for it (dims=two, name=rmsprop, rate=0.01)\n",
    );
    const { skipped } = JSON.parse((await run("run", FILE, "--dry-run", "--json")).out);
    assertEquals(skipped, [{
      point: { dims: "two", name: "rmsprop", rate: 0.01 },
      reason: "too deep for it",
    }]);
    const ran = await run("run", FILE, "--workers", "2");
    assertEquals(ran.code, 0, ran.error);
    const read = (name: string) => Deno.readTextFile(`${folder}/results/blobs_rate/${name}`);
    const [head, first] = (await read("trials.csv")).split("\r\n");
    assertEquals(head.split(",").slice(0, 6), ["trial", "dims", "name", "rate", "momentum", "repeat"]);
    assertEquals(first.split(",").slice(1, 6), ["[8]", "sgd", "0.001", "", "0"]);
    const { format, experiment: { grid } } = JSON.parse(await read("summary.json"));
    assertEquals(format, 2);
    assertEquals(grid, {
      dims: ["[8]", "two"],
      name: ["sgd", "momentum", "rmsprop", "adam"],
      rate: [0.001, 0.1, 0.01, 0.003],
      momentum: [0.5, 0.9],
    });
    assertStringIncludes(
      await read("report.md"),
      "1 point skipped: too deep for it (dims=two, name=rmsprop, rate=0.01)",
    );
    for (const command of [["check"], ["verify", "--sample", "3"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    const part = await run("run", FILE, "--only", "dims=two", "--only", "momentum=0.9", "--results", "part");
    assertEquals(part.code, 0, part.error);
    assertStringIncludes(part.error, "2 to run");
    // Another label changes no id.
    await Deno.writeTextFile(`${folder}/${FILE}`, SETS.replace('"two"', '"deep"'));
    const again = await run("run", FILE);
    assert(again.error.includes("22 with a result, 0 to run"), again.error);
  }, { experiment: SETS }),
);

const WRONG: readonly (readonly [change: Readonly<Record<string, string>>, message: string])[] = [
  [
    { "[0.01, 0.003]": "[0.01]" },
    "Cannot zip points: its parts must have the same number of values, found 2 of name and 1 of rate",
  ],
  [
    { "{ dims: [[8]": "{ rate: [1], dims: [[8]" },
    "Cannot make a product of points: each axis must be in one of its parts, found rate in two",
  ],
  [
    { 'name === "rmsprop" && dims.length > 1': "dims.length > 0" },
    "Cannot expand blobs_rate: a point must run, found all 12 skipped",
  ],
  [
    { '"too deep for it"': '""' },
    'Cannot expand blobs_rate at dims="two" name="rmsprop" rate=0.01: its trial function threw, Cannot skip a point: ' +
    'its reason must be a text that is not empty, found ""',
  ],
];

Deno.test(
  "run says in one line what is wrong with a set of points",
  atWork(async ({ folder, run }) => {
    for (const [change, message] of WRONG) {
      let text = SETS;
      for (const [from, to] of Object.entries(change)) {
        assert(text.includes(from));
        text = text.replace(from, to);
      }
      await Deno.writeTextFile(`${folder}/${FILE}`, text);
      const { code, error } = await run("run", FILE);
      assertEquals(code, 2, error);
      assertStringIncludes(error, message);
      assertEquals(error.trimEnd().split("\n").length, 1);
    }
  }, { experiment: SETS }),
);
