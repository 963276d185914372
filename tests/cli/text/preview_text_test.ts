import { assertEquals } from "@std/assert";
import { previewJson, previewText } from "../../../lib/cli/text/preview_text.ts";
import { fakeExperiment, fakeGrid } from "../../report/fakes.ts";

const experiment = fakeExperiment({ grid: { rate: [0.1, 0.25, 0.5] } });
const loaded = { experiment };
const [first, second, third] = fakeGrid(experiment).trials;
const PREVIEW = {
  trials: [{ trial: first, fate: "runs" }, { trial: second, fate: "has a result" }, {
    trial: third,
    fate: "left out",
  }],
  duplicates: [{ point: { rate: 0.75 }, sameAs: { rate: 0.1 } }],
  skipped: [{ point: { rate: 2 }, reason: "too fast" }],
  groups: [{
    fate: "new",
    trials: ["0.1-0"],
    replaced: [],
    changes: [],
    news: [{ axis: "rate", value: 0.1 }],
    reason: null,
  }],
  expectedMs: 65_000,
} as const;

Deno.test("previewText() is a table of trials with their fates, and the points that are left out", () => {
  assertEquals(
    previewText(loaded, { preview: PREVIEW, columns: null }),
    "fake_question: 1 of 3 trials to run\n" +
      "  3 points, 1 skipped, 1 the same as others; 1 repeat; 1 epoch to train\n" +
      "  1 is new: rate=0.1\n" +
      "  about 1 min 5 s\n\n" +
      "trial   repeat  fate          rate\n" +
      "0.1-0   0       runs          0.1\n" +
      "0.25-0  0       has a result  0.25\n" +
      "0.5-0   0       left out      0.5\n" +
      "rate=2 is skipped: too fast\n" +
      "rate=0.75 is the same as rate=0.1\n",
  );
});

Deno.test("previewJson() is one line that reads back equal", () => {
  const text = previewJson(loaded, PREVIEW);
  assertEquals(text.indexOf("\n"), text.length - 1);
  assertEquals(JSON.parse(text), {
    experiment: "fake_question",
    trials: [
      { ...first, fate: "runs" },
      { ...second, fate: "has a result" },
      { ...third, fate: "left out" },
    ],
    duplicates: PREVIEW.duplicates,
    skipped: PREVIEW.skipped,
    groups: PREVIEW.groups,
    expectedMs: 65_000,
  });
});

Deno.test("previewText() says of a value that is declared more than once just that", () => {
  const declared = fakeExperiment({ grid: { rate: [0.1, 0.1, 0.25], kind: ["a", "b", "a", "a"] } });
  const duplicates = [{ point: { rate: 0.1, kind: "a" }, sameAs: { rate: 0.1, kind: "a" } }];
  const preview = { ...PREVIEW, trials: [], duplicates, skipped: [] };
  const text = previewText({ experiment: declared }, { preview, columns: null });
  assertEquals(text.split("rate  kind\n")[1], "rate=0.1 is declared twice\nkind=a is declared 3 times\n");
});
