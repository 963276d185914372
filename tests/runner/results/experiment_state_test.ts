import { assertEquals } from "@std/assert";
import {
  type ExperimentState,
  experimentState,
  type StateFacts,
} from "../../../lib/runner/results/experiment_state.ts";

const COMMITTED: StateFacts = {
  declared: "a",
  ofResults: "a",
  isInGit: true,
  lastRun: "none",
  isWhole: true,
};

Deno.test("experimentState() follows from the last run, then from whose the results are, then from git", () => {
  const cases: readonly (readonly [Partial<StateFacts>, ExperimentState])[] = [
    [{}, "committed"],
    [{ lastRun: "ended" }, "committed"],
    [{ isInGit: false }, "here"],
    [{ isInGit: false, isWhole: false }, "here"],
    [{ ofResults: "b" }, "edited since"],
    [{ ofResults: "b", isInGit: false }, "edited since"],
    [{ declared: null, ofResults: "b" }, "committed"],
    [{ ofResults: null, isInGit: false, isWhole: false }, "not run"],
    [{ lastRun: "running" }, "running"],
    [{ lastRun: "running", ofResults: "b" }, "running"],
    [{ lastRun: "killed", isWhole: false }, "killed"],
    [{ lastRun: "killed", isWhole: false, ofResults: null }, "killed"],
    [{ lastRun: "killed" }, "committed"],
    [{ lastRun: "killed", isInGit: false }, "here"],
  ];
  for (const [facts, state] of cases) assertEquals(experimentState({ ...COMMITTED, ...facts }), state);
});
