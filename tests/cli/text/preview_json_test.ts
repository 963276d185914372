import { assertEquals } from "@std/assert";
import { previewJson } from "../../../lib/cli/text/preview_json.ts";
import { LOADED, PREVIEW } from "./fake_preview.ts";

Deno.test("previewJson() is one line with every trial and point", () => {
  const text = previewJson(LOADED, PREVIEW);
  assertEquals(text.indexOf("\n"), text.length - 1);
  const [first, second, third] = PREVIEW.trials.map(({ trial }) => trial);
  assertEquals(JSON.parse(text), {
    format: 1,
    experiment: "fake_question",
    points: { declared: 5, withTrials: 3, skipped: 1, duplicates: 1 },
    repeats: 1,
    counts: { runs: 1, hasResult: 1, leftOut: 1 },
    epochs: 1,
    workers: 2,
    expectedMs: 65_000,
    timed: 4,
    memory: { dataBytes: 1.5e6, eachBytes: 30.2e6, running: 1 },
    availableBytes: 900e6,
    groups: PREVIEW.groups,
    skipped: [{ point: { rate: 2 }, reason: "too fast" }],
    duplicates: [{ point: { rate: 0.75 }, sameAs: { rate: 0.1 } }],
    trials: [
      { ...first, fate: "runs", epochs: 1 },
      { ...second, fate: "has a result", epochs: 1 },
      { ...third, fate: "left out", epochs: 1 },
    ],
  });
});
