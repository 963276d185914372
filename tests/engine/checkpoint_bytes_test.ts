import { assert, assertEquals } from "@std/assert";
import { decodeCheckpoint, encodeCheckpoint } from "../../lib/engine/checkpoint_bytes.ts";
import { runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import { dataset, trialWith } from "../experiment/trial/trial_with.ts";

const plain = trialWith(0.03);
const SOLVERS: readonly Partial<Trial["solver"]>[] = [
  {},
  { metrics: ["validationLoss"], select: "validationLoss" },
  { metrics: ["validationLoss", "validationMacroF1"], patience: { epochs: 2, minDelta: 0.01 } },
  {
    ...{ metrics: ["validationLoss"], select: "validationLoss" },
    patience: { epochs: 2, minDelta: 0.01, metric: "validationAccuracy" },
  },
  { averaging: { decay: 0.9 } },
  {
    averaging: { decay: 0.9 },
    schedule: { name: "plateau", factor: 0.5, patience: 1, minDelta: 0, minRate: 0, warmupEpochs: 0 },
  },
];

for (const changes of SOLVERS) {
  Deno.test(`decodeCheckpoint() gives what a trial with ${JSON.stringify(changes)} goes on from with the same bits`, () => {
    const trial = { ...plain, solver: { ...plain.solver, epochs: 8, ...changes } };
    const whole = [...runTrial(trial, { dataset, checkpointEvery: () => 1 })];
    const events = whole.map(({ event }) => event);
    for (const [index, { checkpoint }] of whole.entries()) {
      if (checkpoint === undefined) continue;
      const decoded = decodeCheckpoint(encodeCheckpoint(checkpoint, { trial: trial.id }), {
        trial: trial.id,
      });
      assertEquals(decoded, checkpoint);
      const rest = [...runTrial(trial, { dataset, checkpoint: decoded! })].map(({ event }) => event);
      assertEquals(rest, events.slice(index + 1));
    }
  });
}

Deno.test("decodeCheckpoint() is null when what patience saw has no value, as before there were metrics", () => {
  const trial = { ...plain, solver: { ...plain.solver, patience: { epochs: 2, minDelta: 0 } } };
  const { checkpoint } = [...runTrial(trial, { dataset, checkpointEvery: () => 1 })][1];
  assert(checkpoint !== undefined);
  const old = { ...checkpoint, improvement: { epoch: 0, validationAccuracy: 0.5 } as never };
  assertEquals(decodeCheckpoint(encodeCheckpoint(old, { trial: trial.id }), { trial: trial.id }), null);
});
