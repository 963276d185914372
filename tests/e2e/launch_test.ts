import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { needing } from "../setup/needing.ts";
import { commitAll } from "./repository.ts";
import { atWork, isThere, makeWorkplace } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";
const QUICK = ["run", FILE, "--only", "rate=0.1", "--set", "repeats=1", "--results", "quick"];

Deno.test(
  "a command shows its permissions and does nothing when it is given --print-permissions",
  atWork(async ({ folder, run }) => {
    const { code, out, error } = await run(...QUICK, "--print-permissions");
    assertEquals([code, error], [0, ""]);
    assertStringIncludes(out, `write       ${await Deno.realPath(folder)}/quick\n`);
    assertMatch(out, /^net {9}registry\.npmjs\.org:443$/m);
    assertMatch(out, /^run {9}(?:git|-)$/m);
    assertEquals(await isThere(`${folder}/quick`), false);
    const trusted = await run(...QUICK, "--print-permissions", "--trust-experiment");
    assertStringIncludes(trusted.out, "everything  --trust-experiment lifts all limits\n");
  }),
);

Deno.test(
  "a command that is wrong ends in one line and exit code 2",
  atWork(async ({ folder, run }) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [["--nonsense"], 'must be one of .*, found "--nonsense"'],
      [["lst"], 'must be one of .*, found "lst"; did you mean list\\?'],
      [["lst", "--help"], 'must be one of .*, found "lst"; did you mean list\\?'],
      [["list", "--jsn"], "Cannot use --jsn: list has no such flag; did you mean --json\\?"],
      [["dashboard", "here"], 'Cannot use "here": dashboard takes flags only'],
      [["list", "--allow-read"], "Cannot read --allow-read: it needs a value"],
    ];
    for (const [args, message] of cases) {
      const { code, out, error } = await run(...args);
      assertEquals([code, out], [2, ""], args.join(" "));
      assertMatch(error, new RegExp(`^error: [^\n]*${message}\n$`));
    }
    await Deno.remove(`${folder}/deno.json`);
    const { code, error } = await run("run", FILE);
    assertEquals(code, 2);
    assertEquals(
      error,
      `error: Cannot run: experiments must be in a project with a deno.json, which is not in ${await Deno
        .realPath(folder)} or above it; the command init makes one\n`,
    );
  }),
);

Deno.test(
  "run ends cleanly when its launcher is asked to end",
  atWork(async ({ folder, start }) => {
    const text = EXPERIMENT.replace("1e30", "0.2").replace("epochs: 2", "epochs: 1000000");
    await Deno.writeTextFile(`${folder}/${FILE}`, text);
    const process = start("run", FILE, "--workers", "1");
    const errors = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let error = "";
    for (let step = await errors.read(); !step.done; step = await errors.read()) {
      const isFirst = !error.includes("to run\n");
      error += step.value;
      if (isFirst && error.includes("to run\n")) process.kill("SIGTERM");
    }
    const out = await new Response(process.stdout).text();
    assertEquals((await process.status).code, 130, error);
    assertStringIncludes(error, "note: Stopping; what has ended is kept.");
    assertMatch(out, /^report +not written: the run was interrupted$/m);
  }),
);

Deno.test(
  "predict reads a model and files wherever they are",
  atWork(async ({ run }) => {
    const elsewhere = await makeWorkplace({});
    try {
      const model = `${elsewhere.folder}/deep/a model.safetensors`;
      const rows = `${elsewhere.folder}/rows.csv`;
      await Deno.mkdir(`${elsewhere.folder}/deep`);
      await Deno.writeTextFile(rows, "x1,x2,x3,x4\n1,2,3,4\n");
      assertEquals((await run("run", FILE, "--only", "rate=0.1")).code, 0);
      const exported = await run("export", FILE, "--trial", await firstTrial(run), ...OUT, model);
      assertEquals(exported.code, 0, exported.error);
      const { code, out, error } = await run("predict", model, rows);
      assertEquals(code, 0, error);
      assertMatch(out, /^file,row,class,probability\r\n.*rows\.csv,1,/);
    } finally {
      await Deno.remove(elsewhere.folder, { recursive: true });
    }
  }),
);

const OUT = ["--format", "safetensors", "--out"];

async function firstTrial(run: (...args: string[]) => Promise<{ readonly out: string }>): Promise<string> {
  const { out } = await run("run", FILE, "--only", "rate=0.1", "--json");
  return JSON.parse(out).summary.winner.trials[0];
}

Deno.test(
  needing("git", "baseline starts git although the environment names libraries to load"),
  atWork(async ({ folder, withEnvironment }) => {
    await commitAll(folder, { message: "experiment" });
    const { run } = withEnvironment({ LD_LIBRARY_PATH: "/nowhere", CI: "" });
    const { code, error } = await run("baseline", FILE, "--reason", "first", "--allow-diverged");
    assertEquals(code, 0, error);
  }),
);

Deno.test(
  "run says which folder cannot be written",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/taken`, "");
    const cases: readonly (readonly [string, string])[] = [
      ["taken", "Cannot write taken/blobs_rate/journal.jsonl: Not a directory (os error 20)"],
      [
        "/proc/nowhere",
        "Cannot use /proc/nowhere/blobs_rate/journal.jsonl: it must lie elsewhere, this is a place of the system's own",
      ],
    ];
    for (const [dir, message] of cases) {
      const { code, out, error } = await run("run", FILE, "--results", dir);
      assertEquals([code, out, error], [2, "", `error: ${message}\n`]);
    }
  }),
);
