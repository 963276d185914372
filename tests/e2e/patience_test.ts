import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";
const WAITING = EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.01, 0.1, 1e30]")
  .replace("epochs: 2", "epochs: 60, patience: { epochs: 3, minDelta: 0.01 }");

const epochsOf = (history: string) =>
  [...Map.groupBy(history.trimEnd().split("\r\n").slice(1), (row) => row.split(",")[0]).values()]
    .map(({ length }) => length - 1);

Deno.test(
  "run stops trials by their patience, and check, verify, a rerun and a resumed run agree",
  atWork(async ({ folder, run }) => {
    const read = (name: string) => Deno.readTextFile(`${folder}/results/blobs_rate/${name}`);
    assertEquals((await run("run", FILE)).code, 4);
    const epochs = epochsOf(await read("history.csv"));
    assert(epochs.some((count) => count > 3 && count < 60), `${epochs}`);
    const committed = await read("summary.json");
    for (const command of [["check"], ["verify"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    assertStringIncludes((await run("run", FILE)).error, "6 with a result, 0 to run");
    // Where the last epoch of a trial is missing, its results are not whole.
    const journal = await read("journal.jsonl");
    const lines = journal.split("\n");
    const end = lines.findIndex((line) => line.includes('"type":"done"'));
    const { trial } = JSON.parse(lines[end]).record;
    const last = lines.findLastIndex((line, index) =>
      index < end && line.includes(`"trial":"${trial}"`) && line.includes('"type":"epoch"')
    );
    await Deno.writeTextFile(
      `${folder}/results/blobs_rate/journal.jsonl`,
      lines.toSpliced(last, 1).join("\n"),
    );
    const damaged = await run("run", FILE);
    assertEquals(damaged.code, 2, damaged.error);
    assertStringIncludes(damaged.error, `trial ${trial} has a result, and its epoch`);
    assertEquals((await run("run", FILE, "--salvage")).code, 4);
    assertEquals(await read("summary.json"), committed);
  }, { experiment: WAITING }),
);

Deno.test(
  "run gives trials with a patience that never ends the bits of trials without one, and other ids",
  atWork(async ({ folder, run }) => {
    const rows = async () =>
      (await Deno.readTextFile(`${folder}/results/blobs_rate/history.csv`)).split("\r\n").map((row) =>
        row.slice(row.indexOf(","))
      );
    const ids = async () =>
      (await Deno.readTextFile(`${folder}/results/blobs_rate/trials.csv`)).match(/^[0-9a-f]{16}/gm);
    await run("run", FILE);
    const [history, trials] = [await rows(), await ids()];
    await Deno.writeTextFile(
      `${folder}/${FILE}`,
      EXPERIMENT.replace("epochs: 2", "epochs: 2, patience: { epochs: 9 }"),
    );
    await run("run", FILE);
    assertEquals(await rows(), history);
    assertEquals((await ids())!.filter((id) => trials!.includes(id)), []);
  }),
);
