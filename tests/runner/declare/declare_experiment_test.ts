import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import {
  DECLARATION_LIMITS,
  type DeclarationLimits,
  RunawayError,
} from "../../../lib/runner/declare/watch_declaration.ts";
import { loadExperiment } from "../../../lib/runner/plan/load_experiment.ts";

const MODULE = new URL("../../../mod.ts", import.meta.url).href;

/** The text of an experiment; what is put before it, and the fields that it has besides. */
function textOf(before: string, fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    name: '"walled"',
    question: '"What may a file do?"',
    seed: "1",
    data: "blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 20, validation: 10, test: 10 })",
    grid: "{ rate: [0.1, 0.2] }",
    trial: "({ rate }) => settings(rate)",
    ...fields,
  };
  return `import { blobs, defineExperiment } from "${MODULE}";
${before}
const settings = (learningRate) => ({
  model: { hiddenDims: [2] },
  solver: { optimizer: { name: "sgd", learningRate }, batchSize: 10, epochs: 1 },
});
export default defineExperiment({ ${
    Object.entries(all).map(([name, text]) => `${name}: ${text}`).join(", ")
  } });
`;
}

/** Runs a test on a project that holds files; paths are relative to its folder. */
async function inProject(
  files: Readonly<Record<string, string>>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [path, text] of Object.entries({ "deno.json": "{}", ...files })) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const FILE = "experiments/walled.ts";

interface Refused {
  readonly what: string;
  readonly before?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Changes of {@link DECLARATION_LIMITS}. */
  readonly limits?: Partial<DeclarationLimits>;
  /** FILE and FOLDER stand for the file's path and the project's. */
  readonly message: string;
}

const ASKED =
  "and an experiment may read its project only; --trust-experiment allows it everything for one run";
const CLOCK = "in an experiment: its declaration must be the same each time";
const SAME = "it must declare the same each time it is loaded, in any order of its points";

const REFUSED: readonly Refused[] = [
  {
    what: "writes a file",
    before: 'Deno.writeTextFileSync("stolen.txt", "");',
    message: `Cannot load FILE: file://FILE asked for write access to "stolen.txt", ${ASKED}`,
  },
  {
    what: "sees the environment",
    before: 'Deno.env.get("HOME");',
    message: `Cannot load FILE: file://FILE asked for env access to "HOME", ${ASKED}`,
  },
  {
    what: "starts a process",
    before: 'new Deno.Command("sh").outputSync();',
    message: `Cannot load FILE: file://FILE asked for run access to "sh", ${ASKED}`,
  },
  {
    what: "connects",
    before: 'await fetch("http://127.0.0.1:8123/");',
    message: `Cannot load FILE: file://FILE asked for net access to "127.0.0.1:8123", ${ASKED}`,
  },
  {
    what: "loads a library",
    before: 'Deno.dlopen("libc.so.6", {});',
    message: `Cannot load FILE: file://FILE asked for ffi access to "libc.so.6", ${ASKED}`,
  },
  {
    what: "asks for the host",
    before: "Deno.hostname();",
    message: `Cannot load FILE: file://FILE asked for sys access to "hostname", ${ASKED}`,
  },
  {
    what: "reads outside its project",
    before: 'Deno.readTextFileSync("/etc/hostname");',
    message: `Cannot load FILE: file://FILE asked for read access to "/etc/hostname", ${ASKED}`,
  },
  {
    what: "imports a module from outside its project",
    before: 'import "/etc/hostname.ts";',
    message: `Cannot load FILE: file://FILE asked for read access to "/etc/hostname.ts", ${ASKED}`,
  },
  {
    what: "imports a module from the web",
    before: 'import "https://example.org/module.ts";',
    message: `Cannot load FILE: file://FILE asked for import access to "example.org:443", ${ASKED}`,
  },
  {
    what: "has a helper that asks",
    before: 'import "./_asks.ts";',
    message: `Cannot load FILE: file://FOLDER/experiments/_asks.ts asked for env access to "HOME", ${ASKED}`,
  },
  {
    what: "draws a random number in trial",
    fields: { trial: "() => settings(Math.random())" },
    message: "Cannot run FILE: Cannot expand walled at rate=0.1: its trial function threw, " +
      `Cannot call Math.random ${CLOCK}`,
  },
  {
    what: "draws a random number while it is loaded",
    fields: { grid: "{ rate: [Math.random()] }" },
    message: `Cannot load FILE: Cannot call Math.random ${CLOCK}`,
  },
  {
    what: "reads the clock",
    before: "new Date();",
    message: `Cannot load FILE: Cannot call Date ${CLOCK}`,
  },
  {
    what: "reads the clock by a date's class",
    before: "new (new Date(0).constructor)();",
    message: `Cannot load FILE: Cannot call Date ${CLOCK}`,
  },
  {
    what: "reads the new clock",
    before: "globalThis.Temporal.Now.instant();",
    message: `Cannot load FILE: Cannot call Temporal.Now.instant ${CLOCK}`,
  },
  {
    what: "counts the calls of trial",
    before: "let calls = 0;",
    fields: { trial: "() => settings(0.1 * ++calls)" },
    message: `Cannot run FILE at rate=0.1: ${SAME}, found solver.optimizer.learningRate 0.1 and then 0.2`,
  },
  {
    what: "ends its thread",
    before: "self.close();",
    message: "Cannot load FILE: Cannot call close in an experiment: it must declare and return",
  },
  {
    what: "ends its process",
    before: "Deno.exit(0);",
    message: "Cannot load FILE: Cannot call Deno.exit in an experiment: it must declare and return",
  },
  {
    what: "throws in a timer",
    before: 'setTimeout(() => { throw new Error("late"); }, 0);\n' +
      "await new Promise((resolve) => setTimeout(resolve, 5000));",
    message: "Cannot load FILE: late",
  },
  {
    what: "leaves a promise that fails",
    before:
      'Promise.reject(new Error("broken"));\nawait new Promise((resolve) => setTimeout(resolve, 5000));',
    message: "Cannot load FILE: broken",
  },
  {
    what: "throws a text of a million letters",
    before: 'throw new Error("x".repeat(1e6));',
    message: `Cannot load FILE: ${"x".repeat(2000)}... (cut, it has 1000000 letters)`,
  },
  {
    what: "has ten axes of ten values",
    fields: {
      grid: `Object.fromEntries(Array.from("abcdefghij", (axis) => [axis, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]))`,
    },
    message:
      "Cannot run FILE: Cannot expand walled: its grid must have at most 100000 trials, found 10000000000 " +
      "(10 x 10 x 10 x 10 x 10 x 10 x 10 x 10 x 2 axes more); give an axis fewer values",
  },
  {
    what: "has two thousand axes",
    fields: { grid: "Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`a${i}`, [0]]))" },
    message: "Cannot load FILE: Cannot define an experiment: grid must have at most 1000 axes, found 2000",
  },
  {
    what: "has an axis of ten million values",
    fields: { grid: "{ rate: Array.from({ length: 1e7 }, (_, i) => i) }", repeats: "2" },
    message:
      "Cannot load FILE: Cannot define an experiment: grid.rate must have at most 100000 values, found 10000000",
  },
  {
    what: "has more repeats than a run can hold",
    fields: { grid: "{ rate: Array.from({ length: 1e5 }, (_, i) => i) }", repeats: "2" },
    message:
      "Cannot run FILE: Cannot expand walled: its grid must have at most 100000 trials, found 200000 " +
      "(100000 x 2 repeats); give an axis fewer values",
  },
  {
    what: "never comes to an end while it is imported",
    before: "while (true);",
    limits: { maxSilenceMs: 2000 },
    message: "Cannot load FILE: it must end, found it still running while it is imported after 2 s",
  },
  {
    what: "never comes to an end at a point",
    fields: { trial: "({ rate }) => { while (rate === 0.2); return settings(rate); }" },
    limits: { maxSilenceMs: 2000 },
    message: "Cannot load FILE: it must end, found it still running at rate=0.2 after 2 s",
  },
  {
    what: "takes all memory",
    before: "const all = [];",
    // Each point is a sign of life, so that memory is what runs out on a slow machine too.
    fields: {
      grid: "{ rate: Array.from({ length: 1000 }, (_, i) => i + 1) }",
      trial: "({ rate }) => (all.push(new Float64Array(1e6).fill(rate)), settings(rate))",
    },
    limits: { maxBytes: 3e8 },
    message: "Cannot load FILE: it must declare its trials in less than 0.3 GB of memory, found more in use",
  },
  {
    what: "declares a function where data belong",
    fields: { data: '{ kind: "blobs", train: 20, validation: 10, test: 10, load: () => 1 }' },
    message:
      "Cannot load FILE: Cannot use data: data.load is not a field, the fields are numClasses, inputDim, " +
      "spread, train, validation, test, seed, folds",
  },
  {
    what: "declares a proxy where data belong",
    fields: { gate: "new Proxy({}, {})" },
    message: "Cannot load FILE: its declaration must be plain data, #<Object> could not be cloned.",
  },
];

for (const { what, before = "", fields, limits, message } of REFUSED) {
  Deno.test(`loadExperiment() refuses a file that ${what}`, async () => {
    const files = {
      [FILE]: textOf(before, fields),
      "experiments/_asks.ts": 'export const home = Deno.env.get("HOME");\n',
    };
    await inProject(files, async (folder) => {
      const path = `${folder}/${FILE}`;
      const options = { limits: { ...DECLARATION_LIMITS, ...limits } };
      const error = await assertRejects(() => loadExperiment(path, options), InputError);
      const [shown] = error.message.split("\n");
      assertEquals(shown, message.replaceAll("FILE", path).replaceAll("FOLDER", folder));
      // A command that goes on to other files is to end at this one.
      assertEquals(error instanceof RunawayError, what === "takes all memory");
    });
  });
}

Deno.test("loadExperiment() lets a file read its project, import helpers, and make dates that no clock decides", async () => {
  const before = `
import { rates } from "./_rates.ts";
const offset = JSON.parse(Deno.readTextFileSync(new URL("../offset.json", import.meta.url)));
const year = new Date(Date.UTC(2026, 0, 1)).getUTCFullYear();
console.log("Experiments may print.");
`;
  const files = {
    [FILE]: textOf(before, { grid: "{ rate: rates }", seed: "year + offset + Math.pow(2, 3)" }),
    "experiments/_rates.ts": "export const rates = [0.5, 0.25];\n",
    "offset.json": "4",
  };
  await inProject(files, async (folder) => {
    const { experiment, settings, isTrusted } = await loadExperiment(`${folder}/${FILE}`);
    assertEquals([experiment.seed, experiment.grid, isTrusted], [2038, { rate: [0.5, 0.25] }, false]);
    assertEquals(settings.map(({ solver }) => solver.optimizer.learningRate), [0.5, 0.25]);
  });
});

Deno.test("loadExperiment() lifts the wall from a file that is trusted", async () => {
  const before = 'Deno.env.get("HOME"); Date.now(); Deno.readTextFileSync("/etc/hostname");';
  await inProject({ [FILE]: textOf(before) }, async (folder) => {
    const { isTrusted } = await loadExperiment(`${folder}/${FILE}`, { isTrusted: true });
    assertEquals(isTrusted, true);
  });
});

Deno.test("loadExperiment() compares two declarations of a file that is trusted, too", async () => {
  await inProject({ [FILE]: textOf("", { seed: "Math.floor(Math.random() * 2 ** 50)" }) }, async (folder) => {
    const error = await assertRejects(
      () => loadExperiment(`${folder}/${FILE}`, { isTrusted: true }),
      InputError,
    );
    assertEquals(
      error.message.replace(/\d+ and then \d+$/, "A and then B"),
      `Cannot run ${folder}/${FILE}: ${SAME}, found seed A and then B`,
    );
  });
});

Deno.test("loadExperiment() refuses a helper", async () => {
  await inProject({ "experiments/_walled.ts": textOf("") }, async (folder) => {
    const file = `${folder}/experiments/_walled.ts`;
    const error = await assertRejects(() => loadExperiment(file), InputError);
    assertEquals(
      error.message,
      `Cannot load ${file}: it must be an experiment, found a helper's name, which begins with "_"`,
    );
  });
});

Deno.test("loadExperiment() refuses a file that is no module", async () => {
  await inProject({ "experiments/table.csv": "x,y\n1,2\n" }, async (folder) => {
    const file = `${folder}/experiments/table.csv`;
    const error = await assertRejects(() => loadExperiment(file), InputError);
    assertEquals(
      error.message,
      `Cannot load ${file}: an experiment must be a TypeScript or JavaScript file, found "table.csv"`,
    );
  });
});

Deno.test("loadExperiment() ends a thread that has answered only when the other has answered, too", async () => {
  // The repetition begins at the last point, where it takes long.
  const slow = `let points = 0;
const wait = (rate) => {
  if (points++ === 0 && rate === 0.2) for (let i = 0, sum = 0; i < 3e8; i++) sum += i;
  return settings(rate);
};`;
  await inProject({ "walled.ts": textOf(slow, { trial: "({ rate }) => wait(rate)" }) }, async (folder) => {
    const events: string[] = [];
    const { Worker, MessageChannel } = globalThis;
    globalThis.MessageChannel = class extends MessageChannel {
      constructor() {
        super();
        this.port1.addEventListener("message", ({ data }) => events.push(data.type));
      }
    };
    globalThis.Worker = class extends Worker {
      override terminate() {
        events.push("end");
        super.terminate();
      }
    };
    try {
      await loadExperiment(`${folder}/walled.ts`);
    } finally {
      Object.assign(globalThis, { Worker, MessageChannel });
    }
    assertEquals(events.filter((type) => type !== "shape"), ["declared", "declared", "end", "end"]);
  });
});
