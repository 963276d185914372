import { assertEquals } from "@std/assert";
import { readLastRun } from "../../../lib/runner/results/last_run.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const RUN = `{"type":"run","trials":["${"a".repeat(10_000)}"]}\n`;
const CLOSED = '{"type":"closed","at":1,"status":"complete"}\n';

Deno.test(
  "readLastRun() knows a run that ended by its last line, and a killed one by its silence",
  inFolder(async (folder) => {
    const path = `${folder}/activity.jsonl`;
    const after = async (text: string, seconds: number) => {
      await Deno.writeTextFile(path, text);
      const { mtime } = await Deno.stat(path);
      return await readLastRun(folder, { nowMs: mtime!.getTime() + 1000 * seconds });
    };
    assertEquals(await readLastRun(folder, { nowMs: 0 }), "none");
    assertEquals(await readLastRun(`${folder}/none`, { nowMs: 0 }), "none");
    assertEquals(await after("", 1), "none");
    assertEquals(await after(RUN, 9), "running");
    assertEquals(await after(RUN, 11), "killed");
    assertEquals(await after(RUN, -11), "killed");
    assertEquals(await after(RUN + CLOSED, 1), "ended");
    assertEquals(await after(RUN + CLOSED, 1000), "ended");
    assertEquals(await after(`${RUN}${CLOSED}{"type":"no`, 1), "running");
    assertEquals(await after(`${RUN}null\n`, 11), "killed");
  }),
);

Deno.test(
  "readLastRun() knows nothing of a folder in place of the file",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/activity.jsonl`);
    assertEquals(await readLastRun(folder, { nowMs: 0 }), "none");
  }),
);
