import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv/parse";
import { blobs } from "../../lib/data/blobs.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import {
  defineExperiment,
  type ExperimentDeclaration,
} from "../../lib/experiment/declaration/define_experiment.ts";
import type { Axes } from "../../lib/experiment/declaration/axis_label.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { type Declaration, expandPoints } from "../../lib/experiment/points/expand_points.ts";
import { runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../lib/report/files/trials_csv.ts";
import { renderReport } from "../../lib/report/render_report.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import { checkMemory } from "../../lib/runner/run/check_memory.ts";
import { summarizeEvents } from "../report/summarize_events.ts";
import { fc } from "./fast_check.ts";
import { refusing, settings } from "./settings.ts";

const DATA = blobs({ numClasses: 3, inputDim: 4, spread: 0.5, train: 12, validation: 6, test: 6 });
const DATASET = await loadDataset(DATA);

const VALUE = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true });

/** A rate, a size or an epsilon of any order of size, or what is none. */
const NUMBER = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1e-3, 0.1, 1, 10, 1e20, 1e38, 1e300, 5e-324, 1e-30) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, -1, NaN, Infinity, 1.5) },
);
const COUNT = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(1, 2, 3, 12) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 13, NaN, 2 ** 53, 1e9) },
);
const AXIS_NAME = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("rate", "if", "toString", "constructor", "datum", "trial", "length"),
  },
  { weight: 1, arbitrary: fc.string() },
);
const AXIS_VALUE = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 2, 0.5, "a", "b,c", 'd"e', "=1+1", "<b>", "|", true, null, "") },
  { weight: 1, arbitrary: VALUE },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

const SETTINGS = fc.record({
  hiddenDims: fc.array(COUNT, { maxLength: 2 }),
  weightScale: fc.oneof(NUMBER, fc.constantFrom("he", "glorot")),
  reg: fc.oneof(fc.constantFrom(0, 0.1), NUMBER),
  normalization: fc.constantFrom(null, "batchnorm", "layernorm"),
  dropoutKeepRatio: fc.constantFrom(1, 0.5, 0.1),
  dtype: fc.constantFrom("float32", "float64"),
  name: fc.constantFrom("sgd", "momentum", "rmsprop", "adam", "adamw"),
  learningRate: NUMBER,
  batchSize: COUNT,
  epochs: fc.constantFrom(1, 2),
  // The data are no images, so that only what does nothing passes.
  augmentation: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(undefined, {}, { flip: false }, { crop: { padding: 0 } }) },
    { weight: 1, arbitrary: VALUE },
    { weight: 1, arbitrary: fc.record({ crop: fc.record({ padding: NUMBER }), flip: VALUE, cutout: VALUE }) },
  ),
});

function settingsOf(drawn: Readonly<Record<string, unknown>>) {
  const { name, learningRate, batchSize, epochs, augmentation, ...model } = drawn;
  return { model, solver: { optimizer: { name, learningRate }, batchSize, epochs, augmentation } };
}

const DECLARATION = fc.record({
  name: fc.oneof({ weight: 8, arbitrary: fc.constantFrom("e", "if", "constructor") }, {
    weight: 1,
    arbitrary: VALUE,
  }),
  question: fc.oneof({ weight: 8, arbitrary: fc.constantFrom("Why?", "<b>|*") }, {
    weight: 1,
    arbitrary: fc.string(),
  }),
  seed: fc.oneof({ weight: 8, arbitrary: fc.nat() }, { weight: 1, arbitrary: VALUE }),
  repeats: fc.constantFrom(1, 2),
  grid: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.dictionary(AXIS_NAME, fc.array(AXIS_VALUE, { maxLength: 2 }), { maxKeys: 2 }),
    },
    { weight: 1, arbitrary: VALUE },
  ),
});

/** Declares and expands; null if that is refused. */
function declare(fields: unknown, settings: unknown): Promise<Declaration | null> {
  return refusing(() => {
    const trial = () => settings;
    const declaration = { ...fields as object, data: DATA, trial } as unknown as ExperimentDeclaration<Axes>;
    return expandPoints(defineExperiment(declaration));
  });
}

function checkFinite(events: readonly TrialEvent[]): void {
  for (const event of events) {
    for (const [field, value] of Object.entries(event)) {
      assert(typeof value !== "number" || Number.isFinite(value), `${field} must be finite, found ${value}`);
    }
  }
}

Deno.test("a declaration is refused, or its trials end and none of their results is NaN", async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(DECLARATION, SETTINGS, async (fields, drawn) => {
      const declared = await declare(fields, settingsOf(drawn));
      if (declared === null) return;
      const grid = expandGrid(declared, { dataDigest: "d" });
      const need = { workers: 1, datasets: { d: DATASET }, availableBytes: 50e6 };
      if (await refusing(() => checkMemory(grid.trials, need) ?? true) === null) return;
      // Seeds of two nets are the same for all points, which are the same net here.
      const events = grid.trials.slice(0, 2).flatMap((trial) =>
        [...runTrial(trial, { dataset: DATASET, kernels: "twin" })].map(({ event }) => event)
      );
      checkFinite(events);
      const end = events.at(-1)!;
      if ("reason" in end) assert(end.type === "diverged", end.reason);
      ends.set(end.type, (ends.get(end.type) ?? 0) + 1);
      const summary = summarizeEvents(declared.experiment, {
        grid,
        dataDigest: "d",
        events,
        testAccuracies: new Map(),
      });
      assertEquals(JSON.parse(stableJson(summary)), JSON.parse(JSON.stringify(summary)));
      assertEquals(parse(trialsCsv(summary)).length, grid.trials.length + 1);
      const epochs = events.filter(({ type }) => type === "epoch").length;
      assertEquals(parse(historyCsv(grid, { events })).length, epochs + 1);
    }),
    settings(300),
  );
  assert((ends.get("done") ?? 0) > 5 && (ends.get("diverged") ?? 0) > 5, JSON.stringify([...ends]));
});

Deno.test("a report can be written of every experiment that may be declared", async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(DECLARATION, async (fields) => {
      const model = { hiddenDims: [2] };
      const solver = { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 12, epochs: 1 };
      const declared = await declare(fields, { model, solver });
      if (declared === null) return;
      const grid = expandGrid(declared, { dataDigest: "d" });
      const events = grid.trials.flatMap(({ id: trial }): readonly TrialEvent[] => [
        {
          type: "epoch",
          trial,
          epoch: 0,
          loss: null,
          trainAccuracy: 0,
          validationAccuracy: 0.5,
          learningRate: 1,
          weightsSha256: "",
        },
        { type: "done", trial, bestEpoch: 0, bestValidationAccuracy: 0.5, weightsSha256: "" },
      ]);
      const summary = summarizeEvents(declared.experiment, {
        grid,
        dataDigest: "d",
        events,
        testAccuracies: new Map(),
      });
      const { html, markdown } = await renderReport({
        summary,
        curves: curvesOfEvents(events),
        inspection: null,
      });
      assert(html.length > 0 && markdown.length > 0);
      written += 1;
    }),
    settings(40),
  );
  assert(written > 3, `too few reports were written to say much, found ${written}`);
});

Deno.test("defineExperiment() refuses whatever is no declaration", async () => {
  await fc.assert(
    fc.asyncProperty(VALUE, VALUE, async (fields, settings) => {
      await refusing(() => defineExperiment(fields as never));
      await declare({ name: "e", question: "q", seed: 1, grid: { rate: [1] } }, settings);
    }),
    settings(500),
  );
});
