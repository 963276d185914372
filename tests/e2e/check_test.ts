import { assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { changedPaths, FILE, inRepository, type Repository } from "./repository.ts";

const RESULTS = "results/blobs_rate";

interface Case {
  readonly what: string;
  /** What was done to the repository. */
  readonly change?: (repository: Repository) => Promise<void>;
  readonly flags?: readonly string[];
  readonly code: number;
  /** The verdicts that the first line counts. */
  readonly verdicts: string;
  /** A finding: its title, trial (null for the experiment) and message. */
  readonly finding?: {
    readonly title: string;
    readonly trial: string | null;
    readonly message: string;
    /** Its point and the change of the point's mean, where that was judged. */
    readonly mean?: string;
  };
  /** Tests, failures and errors of the JUnit file. */
  readonly junit: readonly [number, number, number];
}

const WEIGHT_BIT = "validation accuracy 20.00 % as before; the runs part at epoch 2: " +
  "loss 1.1960222764291537 -> 1.1960222751365024, weights_sha256 22fc22b7f2541c7e -> d9f5583da0c66ac8";

const CASES: readonly Case[] = [
  { what: "nothing changed", code: 0, verdicts: "4 the same", junit: [4, 0, 0] },
  {
    what: "a weight's bit was flipped",
    flags: ["--inject-fault", "2"],
    code: 1,
    verdicts: "3 the same, 1 with other bits",
    finding: { title: "Bits only", trial: "rate=0.01, hidden=8", message: WEIGHT_BIT },
    junit: [4, 1, 0],
  },
  {
    what: "a weight's bit was flipped and --allow-bits is given",
    flags: ["--inject-fault", "2", "--allow-bits"],
    code: 0,
    verdicts: "3 the same, 1 with other bits",
    finding: { title: "Bits only", trial: "rate=0.01, hidden=8", message: WEIGHT_BIT },
    junit: [4, 0, 0],
  },
  {
    what: "the learning rate changed",
    change: ({ edit }) => edit(FILE, { "learningRate: rate": "learningRate: rate / 100" }),
    code: 1,
    verdicts: "1 with other bits, 3 worse",
    finding: {
      title: "Accuracy regression",
      trial: "rate=0.1, hidden=8 (repeat 1)",
      message: "validation accuracy 80.00 % -> 70.00 %, worse by 10.00 points; the runs part at epoch 0: " +
        "learning_rate 0.1 -> 0.001; the weights differ from epoch 1 on; what decides the trial changed " +
        "(8ddc6fb9fa024632 is now 61896a1cf0edf614)",
      mean:
        "rate=0.1, hidden=8: mean of 2 repeats: validation accuracy 70.00 % -> 40.00 %, worse by 30.00 points",
    },
    junit: [4, 4, 0],
  },
  {
    what: "the learning rate changed and the loss of accuracy is within --tolerance",
    change: ({ edit }) => edit(FILE, { "learningRate: rate": "learningRate: rate / 100" }),
    flags: ["--tolerance", "0.6"],
    code: 0,
    verdicts: "1 with other bits, 3 within tolerance",
    finding: {
      title: "Within tolerance",
      trial: "rate=0.1, hidden=8 (repeat 1)",
      message: "validation accuracy 80.00 % -> 70.00 %, worse by 10.00 points; the runs part at epoch 0: ",
      mean:
        "rate=0.1, hidden=8: mean of 2 repeats: validation accuracy 70.00 % -> 40.00 %, worse by 30.00 points",
    },
    junit: [4, 0, 0],
  },
  {
    what: "the experiment file accepts the loss of accuracy",
    change: ({ edit }) =>
      edit(FILE, {
        "learningRate: rate": "learningRate: rate / 100",
        "seed:": 'gate: { policy: "accuracy", tolerance: 0.31 },\n  seed:',
      }),
    code: 0,
    verdicts: "1 with other bits, 3 within tolerance",
    junit: [4, 0, 0],
  },
  {
    what: "the experiment file accepts less than was lost",
    change: ({ edit }) =>
      edit(FILE, {
        "learningRate: rate": "learningRate: rate / 100",
        "seed:": 'gate: { policy: "accuracy", tolerance: 0.29 },\n  seed:',
      }),
    code: 1,
    verdicts: "1 with other bits, 1 within tolerance, 2 worse",
    junit: [4, 2, 0],
  },
  {
    what: "a flag overrides the experiment file",
    change: ({ edit }) =>
      edit(FILE, {
        "learningRate: rate": "learningRate: rate / 100",
        "seed:": 'gate: { policy: "accuracy", tolerance: 0.29 },\n  seed:',
      }),
    flags: ["--policy", "report"],
    code: 0,
    verdicts: "1 with other bits, 1 within tolerance, 2 worse",
    junit: [4, 0, 0],
  },
  {
    what: "the grid was widened and only a lost accuracy fails",
    change: ({ edit }) => edit(FILE, { "[0.01, 0.1]": "[0.2, 0.1, 0.01]" }),
    flags: ["--policy", "accuracy"],
    code: 0,
    verdicts: "4 the same, 2 without a baseline",
    junit: [6, 0, 0],
  },
  {
    what: "a trial diverges and only a lost accuracy fails",
    change: ({ edit }) => edit(FILE, { "learningRate: rate": "learningRate: rate === 0.1 ? 1e30 : rate" }),
    flags: ["--policy", "accuracy"],
    code: 4,
    verdicts: "2 the same, 2 diverged",
    junit: [4, 2, 0],
  },
  {
    what: "an accuracy is too good",
    change: ({ edit }) => edit(FILE, { "learningRate: rate": "learningRate: 5 * rate" }),
    flags: ["--tolerance", "1", "--policy", "strict", "--allow-bits"],
    code: 1,
    verdicts: "4 suspiciously better",
    finding: {
      title: "Suspiciously better",
      trial: "rate=0.01, hidden=8",
      message: "validation accuracy 20.00 % -> 30.00 %, better by 10.00 points; the runs part at epoch 0: " +
        "learning_rate 0.01 -> 0.05; the weights differ from epoch 1 on; what decides the trial changed " +
        "(323906ddbead69ca is now 608705367b6458df: solver.optimizer.learningRate)",
      mean: "rate=0.01, hidden=8: mean of 2 repeats: validation accuracy",
    },
    junit: [4, 4, 0],
  },
  {
    what: "the grid was widened",
    change: ({ edit }) => edit(FILE, { "[0.01, 0.1]": "[0.2, 0.1, 0.01]" }),
    code: 3,
    verdicts: "4 the same, 2 without a baseline",
    finding: {
      title: "No baseline",
      trial: "rate=0.2, hidden=8",
      message: "validation accuracy 80.00 %, and the baseline has no result of it; " +
        `deno task baseline ${FILE} --reason "…" accepts it`,
    },
    junit: [6, 2, 0],
  },
  {
    what: "an axis lost a value",
    change: ({ edit }) => edit(FILE, { "[0.01, 0.1]": "[0.1]" }),
    code: 3,
    verdicts: "2 the same, 2 obsolete",
    finding: {
      title: "Obsolete baseline",
      trial: "rate=0.01, hidden=8",
      message: "the baseline has it and the grid no longer; " +
        `deno task baseline ${FILE} --reason "…" removes it`,
    },
    junit: [4, 2, 0],
  },
  {
    what: "an axis was removed and every trial is still there",
    change: ({ edit }) => edit(FILE, { ", hidden: [8]": "", "rate, hidden }": "rate }", "[hidden]": "[8]" }),
    code: 3,
    verdicts: "4 the same",
    finding: {
      title: "Obsolete baseline",
      trial: null,
      message: "every trial is the same, what the experiment declares is not: grid.hidden [8] -> nothing; " +
        `deno task baseline ${FILE} --reason "…" accepts it`,
    },
    junit: [5, 1, 0],
  },
  {
    what: "a trial diverges that did not",
    change: ({ edit }) => edit(FILE, { "learningRate: rate": "learningRate: rate === 0.1 ? 1e30 : rate" }),
    code: 4,
    verdicts: "2 the same, 2 diverged",
    finding: {
      title: "Trial diverged",
      trial: "rate=0.1, hidden=8",
      message: "loss is NaN at step 2 of epoch 1",
    },
    junit: [4, 2, 0],
  },
  {
    what: "a row of the baseline's history is damaged",
    change: ({ edit }) => edit(`${RESULTS}/history.csv`, { ",2,": ",7,2," }),
    code: 3,
    verdicts: "damaged baseline",
    finding: {
      title: "Damaged baseline",
      trial: null,
      message:
        `Cannot read ${RESULTS}/history.csv: a row of trial 323906ddbead69ca must hold the numbers of ` +
        "epoch 2, found",
    },
    junit: [1, 0, 1],
  },
  {
    what: "the baseline's trials.csv and summary.json disagree",
    change: ({ edit }) => edit(`${RESULTS}/trials.csv`, { "0.6": "0.7" }),
    code: 3,
    verdicts: "damaged baseline",
    finding: {
      title: "Damaged baseline",
      trial: null,
      message: `Cannot read ${RESULTS}/trials.csv: line 4 must match summary.json, `,
    },
    junit: [1, 0, 1],
  },
  {
    what: "the baseline is cut short",
    change: async ({ folder, read }) => {
      const text = await read(`${RESULTS}/history.csv`);
      await Deno.writeTextFile(`${folder}/${RESULTS}/history.csv`, text.slice(0, -40));
    },
    code: 3,
    verdicts: "damaged baseline",
    finding: {
      title: "Damaged baseline",
      trial: null,
      message: `Cannot read ${RESULTS}/history.csv: line 17 must continue the epochs of a trial, found an ` +
        `incomplete row; git checkout ${RESULTS} may restore it`,
    },
    junit: [1, 0, 1],
  },
  {
    what: "there is no baseline",
    change: ({ folder }) => Deno.remove(`${folder}/results`, { recursive: true }),
    code: 3,
    verdicts: "no baseline",
    finding: {
      title: "No baseline",
      trial: null,
      message: `there is no baseline in ${RESULTS}; deno task baseline ${FILE} --reason "…" makes one`,
    },
    junit: [1, 1, 0],
  },
  {
    what: "the experiment file is gone",
    change: async ({ folder }) => {
      await Deno.rename(`${folder}/${RESULTS}`, `${folder}/results/blobs_old`);
      await Deno.remove(`${folder}/${FILE}`);
    },
    code: 3,
    verdicts: "obsolete baseline",
    finding: {
      title: "Obsolete baseline",
      trial: null,
      message:
        "there is no experiments/blobs_old.ts for results/blobs_old; remove the folder, or restore the " +
        "file",
    },
    junit: [1, 1, 0],
  },
];

for (const { what, change, flags = [], code, verdicts, finding, junit: [tests, failures, errors] } of CASES) {
  Deno.test(
    needing("git", `check exits with ${code} and says so everywhere when ${what}`),
    inRepository(async (repository) => {
      await change?.(repository);
      const before = await changedPaths(repository);
      const ran = await repository.runInCi(
        "check",
        "--junit",
        ".git/junit.xml",
        "--json",
        ".git/check.json",
        ...flags,
      );
      assertEquals(ran.code, code, ran.error + ran.out);
      assertStringIncludes(ran.out.split("\n")[0], `: ${verdicts}`);
      const junit = await repository.read(".git/junit.xml");
      const json = JSON.parse(await repository.read(".git/check.json"));
      assertStringIncludes(
        junit,
        `<testsuites name="seedbed check" tests="${tests}" failures="${failures}" errors="${errors}">`,
      );
      assertEquals(json.exitCode, code);
      assertStringIncludes(ran.summary, code === 0 ? "everything is in order" : `(exit code ${code})`);
      assertStringIncludes(ran.summary, `| ${verdicts} |`);
      if (finding === undefined) {
        assertEquals(verdicts === "4 the same" && code === 0 ? ran.out.match(/FAIL|::/) : null, null);
      } else {
        const { title, trial, message, mean } = finding;
        const isNotice = code === 0;
        const where = trial === null ? "" : `${trial}: `;
        const shown = mean ?? `${where}${message}`;
        assertStringIncludes(ran.out, `  ${isNotice ? "note" : "FAIL"}  ${title}  ${shown}`);
        if (mean !== undefined) assertStringIncludes(ran.out, `\n          ${where}${message}`);
        assertStringIncludes(ran.out, `::${isNotice ? "notice" : "error"} `);
        assertStringIncludes(ran.out, `title=${title}::`);
        assertStringIncludes(ran.out, shown.replaceAll("%", "%25"));
        const escaped = message.replaceAll(">", "&#62;").replaceAll('"', "&#34;");
        assertStringIncludes(junit, mean === undefined ? `${title}: ${escaped}` : `this trial: ${escaped}`);
        assertStringIncludes(ran.summary, `| ${title} |`);
        const found = json.findings.filter((one: { title: string; trial: string | null }) =>
          one.title === title && one.trial === trial
        );
        assertEquals(found.length, 1);
        assertStringIncludes(found[0].message, message);
      }
      assertEquals(await changedPaths(repository), before);
    }),
  );
}
