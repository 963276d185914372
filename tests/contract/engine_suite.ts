import { assert, assertEquals } from "@std/assert";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { foldDataset } from "../../lib/data/folds/fold_dataset.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import {
  type Datasets,
  type Engine,
  type EngineEvent,
  type EngineOptions,
  isTrialEvent,
} from "../../lib/engine/engine.ts";
import { settingOf } from "../../lib/engine/engine_setting.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import { type Checkpoint, runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { TrialLog } from "../../lib/journal/trial_log.ts";
import { fakeExperiment } from "../report/fakes.ts";
import { needing } from "../setup/needing.ts";
import type { ToolName } from "../setup/tools.ts";

const DATA = blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 });
const EPOCHS = 4;

/** Small trials of an engine's tests; the last of them diverges. */
export const TRIALS: readonly Trial[] = expandGrid(
  expandPoints(fakeExperiment({
    data: DATA,
    grid: { rate: [0.001, 0.01, 0.1, 1e30] },
    trial: ({ rate }) => ({
      model: { hiddenDims: [8], weightScale: "he", normalization: "batchnorm", dropoutKeepRatio: 0.8 },
      solver: { optimizer: { name: "momentum", learningRate: Number(rate) }, batchSize: 20, epochs: EPOCHS },
    }),
  })),
  { dataDigest: "fake" },
).trials;

/** A trial that throws: the data have fewer rows than its batch. */
export const FAILING: Trial = {
  ...TRIALS[0],
  id: "failing",
  solver: { ...TRIALS[0].solver, batchSize: 61 },
};

/** Trials of which each has data of its own, the second of them with more rows than the batch of the first. */
const OWN_DATA = [60, 100].map((train): Trial => ({
  ...TRIALS[1],
  id: `own-${train}`,
  data: { ...DATA, train },
  dataDigest: `own-${train}`,
}));

/** Trials of two folds of one data set; those of one fold do not follow each other. */
const FOLDED = [0, 1, 0].map((fold, index): Trial => ({
  ...TRIALS[index],
  id: `fold-${index}`,
  data: { ...DATA, folds: 4 },
  dataDigest: "folded",
  fold,
}));

/** Returns the data of {@link TRIALS}. */
export async function trialData(): Promise<Datasets> {
  return { fake: await loadDataset(DATA) };
}

/** Runs trials and returns all that the engine yields. */
export async function collect(
  engine: Engine,
  { trials = TRIALS, ...options }: Partial<EngineOptions> & { readonly trials?: readonly Trial[] } = {},
): Promise<readonly EngineEvent[]> {
  const events: EngineEvent[] = [];
  const signal = new AbortController().signal;
  for await (const event of engine(trials, { datasets: await trialData(), signal, ...options })) {
    events.push(event);
  }
  return events;
}

/** Returns the events of a trial that have a value, in order. */
export function eventsOf(trial: string, events: readonly EngineEvent[]): readonly TrialEvent[] {
  return events.flatMap(({ event }) => event.trial === trial && isTrialEvent(event) ? [event] : []);
}

/** Returns what a trial comes to without any engine. */
export async function expectedEvents(trial: Trial): Promise<readonly TrialEvent[]> {
  return [...runTrial(trial, settingOf(trial, { datasets: await trialData() }))].map(({ event }) => event);
}

/** Declares the tests that every engine must pass; `needs` names the tools that the engine needs. */
export function testEngine(
  name: string,
  makeEngine: () => Engine,
  { needs = [] }: { readonly needs?: readonly ToolName[] } = {},
): void {
  const named: NamedTest = (what) => needing(needs, `${name} ${what}`);
  testEvents(named, makeEngine);
  testStops(named, makeEngine);
  testRepeats(named, makeEngine);
  testData(named, makeEngine);
  testFolds(named, makeEngine);
}

type NamedTest = (what: string) => ReturnType<typeof needing>;

function testEvents(named: NamedTest, makeEngine: () => Engine): void {
  Deno.test(named("yields each trial's events in order, with the values of runTrial()"), async () => {
    const events = await collect(makeEngine());
    for (const trial of TRIALS) {
      assertEquals(eventsOf(trial.id, events), await expectedEvents(trial));
      const first = events.find(({ event }) => event.trial === trial.id);
      assertEquals(first?.event.type, "started");
    }
  });

  Deno.test(named("gives the best epoch's weights with done, and with nothing else"), async () => {
    for (const { event, weights } of await collect(makeEngine())) {
      assertEquals(weights !== undefined, event.type === "done");
      if (event.type === "done") assertEquals(sha256Hex(weights!), event.weightsSha256);
    }
  });

  Deno.test(named("reports a trial that throws as failed, and runs the others"), async () => {
    const events = await collect(makeEngine(), { trials: [FAILING, ...TRIALS.slice(0, 2)] });
    assertEquals(eventsOf(FAILING.id, events), [{
      type: "failed",
      trial: "failing",
      reason: "Cannot train: solver.batchSize must be at most the 60 rows of the training split, found 61",
    }]);
    for (const trial of TRIALS.slice(0, 2)) {
      assertEquals(eventsOf(trial.id, events), await expectedEvents(trial));
    }
  });
}

function testData(named: NamedTest, makeEngine: () => Engine): void {
  Deno.test(named("runs each trial on its own data"), async () => {
    const datasets = Object.fromEntries(
      await Promise.all(OWN_DATA.map(async ({ data, dataDigest }) => [dataDigest, await loadDataset(data)])),
    ) as Datasets;
    const events = await collect(makeEngine(), { trials: OWN_DATA, datasets });
    for (const trial of OWN_DATA) {
      const alone = [...runTrial(trial, settingOf(trial, { datasets }))].map(({ event }) => event);
      assertEquals(eventsOf(trial.id, events), alone);
    }
    const [hashes, others] = OWN_DATA.map(({ id }) =>
      eventsOf(id, events).map((event) => event.type === "epoch" && event.weightsSha256)
    );
    assert(hashes[1] !== others[1], "other data must give other weights");
  });
}

function testFolds(named: NamedTest, makeEngine: () => Engine): void {
  Deno.test(named("runs each trial on its own fold"), async () => {
    const folded = await loadDataset(FOLDED[0].data);
    const events = await collect(makeEngine(), { trials: FOLDED, datasets: { folded } });
    for (const trial of FOLDED) {
      const { fold, ...rest } = trial;
      const dataset = foldDataset(folded, { folds: 4, fold: fold! });
      const alone = [...runTrial(rest, { dataset })].map(({ event }) => event);
      assertEquals(eventsOf(trial.id, events), alone);
    }
  });
}

function testStops(named: NamedTest, makeEngine: () => Engine): void {
  Deno.test(named("starts nothing when the signal has aborted"), async () => {
    assertEquals(await collect(makeEngine(), { signal: AbortSignal.abort() }), []);
  });

  Deno.test(named("ends without an error when the signal aborts, and starts no further trial"), async () => {
    const controller = new AbortController();
    const events: EngineEvent[] = [];
    const options = { datasets: await trialData(), signal: controller.signal };
    for await (const event of makeEngine()(TRIALS, options)) {
      events.push(event);
      if (event.event.type === "epoch") controller.abort();
    }
    assert(events.every(({ event }) => event.type !== "diverged"), "the last trial was never taken up");
  });

  Deno.test(named("lets go of everything when nobody listens any more"), async () => {
    const options = { datasets: await trialData(), signal: new AbortController().signal };
    // The test's own sanitizers see a worker or a timer that is left behind.
    for await (const { event } of makeEngine()(TRIALS, options)) if (event.type === "epoch") break;
  });
}

function testRepeats(named: NamedTest, makeEngine: () => Engine): void {
  Deno.test(named("may report a trial again, with equal values"), async () => {
    const log = new TrialLog();
    const engine = makeEngine();
    let news = 0;
    for (const events of [await collect(engine), await collect(engine)]) {
      for (const { id } of TRIALS) for (const event of eventsOf(id, events)) news += Number(log.add(event));
    }
    assertEquals(news, (await Promise.all(TRIALS.map(expectedEvents))).flat().length);
  });

  Deno.test(
    named("makes checkpoints when they are wanted, and goes on from each to the same bits"),
    async () => {
      const [trial] = TRIALS;
      const options = { trials: [trial], checkpointEvery: () => 1 };
      const made = (await collect(makeEngine(), options)).flatMap(({ checkpoint }) => checkpoint ?? []);
      assertEquals(made.map(({ epoch }) => epoch), [1, 2, 3]);
      const expected = await expectedEvents(trial);
      for (const checkpoint of made) {
        const resume = (): Promise<Checkpoint> => Promise.resolve(checkpoint);
        const events = await collect(makeEngine(), { trials: [trial], resume });
        assertEquals(eventsOf(trial.id, events), expected.slice(checkpoint.epoch + 1));
      }
      assertEquals((await collect(makeEngine())).filter(({ checkpoint }) => checkpoint), []);
    },
  );
}
