import { assertEquals, assertStringIncludes } from "@std/assert";
import { previewJson } from "../../lib/cli/text/preview_json.ts";
import { previewText } from "../../lib/cli/text/preview_text.ts";
import type { Preview } from "../../lib/runner/results/preview_run.ts";
import { fakeExperiment, fakeGrid } from "../report/fakes.ts";

const guide = await Deno.readTextFile(new URL("../../experiments/README.md", import.meta.url));

const widths = [1, 2, 4, 8, 16, 32];
const experiment = fakeExperiment({ name: "blobs_width", repeats: 2, grid: { width: [...widths, 64] } });
const { trials } = fakeGrid(fakeExperiment({ repeats: 2, grid: { rate: widths } }));
const group = { replaced: [], changes: [], news: [], reason: null };
const PREVIEW: Preview = {
  trials: trials.map((trial, index) => ({
    trial: { ...trial, point: { width: trial.point.rate }, solver: { ...trial.solver, epochs: 6 } },
    fate: index < 4 ? "has a result" : "runs",
  })),
  brackets: [],
  duplicates: [],
  skipped: [{ point: { width: 64 }, reason: "too wide for these data" }],
  groups: [
    {
      ...group,
      fate: "changed",
      trials: ["a", "b", "c", "d", "e", "f"],
      changes: [{ field: "solver.epochs", before: "5", after: "6", isExample: false }],
    },
    { ...group, fate: "new", trials: ["g", "h"], news: [{ axis: "width", value: 32 }] },
  ],
  workers: 2,
  expectedMs: 125_000,
  timed: 10,
  memory: { dataBytes: 8e5, eachBytes: 30.5e6, running: 2 },
  availableBytes: 8e9,
};

Deno.test("experiments/README.md shows a dry run as it is", () => {
  const [head, facts] = previewText({ experiment }, { preview: PREVIEW, columns: null }).split("\n\n");
  assertStringIncludes(guide, `\`\`\`text\n${head}\n\n${facts}\n\`\`\`\n`);
});

Deno.test("experiments/README.md names every field of a dry run's JSON", () => {
  const { trials: [trial], points, counts, memory, ...fields } = JSON.parse(
    previewJson({ experiment }, PREVIEW),
  );
  const [, rows] = guide.split("`--dry-run --json` writes");
  const [table] = rows.split("\n[`deno task why`]");
  const names = [fields, trial, points, counts, memory].flatMap((part) => Object.keys(part));
  assertEquals(names.filter((name) => !table.includes(`\`${name}\``)), []);
});
