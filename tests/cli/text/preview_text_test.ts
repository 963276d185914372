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
} as const;

Deno.test("previewText() is a table of trials with their fates, and the points that are left out", () => {
  assertEquals(
    previewText(loaded, PREVIEW),
    "fake_question: 1 of 3 trials to run\n\n" +
      "trial   rate  repeat  fate\n" +
      "0.1-0   0.1   0       runs\n" +
      "0.25-0  0.25  0       has a result\n" +
      "0.5-0   0.5   0       left out\n" +
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
  });
});
