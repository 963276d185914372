import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { halving } from "../../../lib/experiment/declaration/search.ts";
import { decideRungs, type TrialProgress } from "../../../lib/experiment/points/rungs.ts";
import { RungLeaders } from "../../../lib/runner/search/rung_leaders.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

Deno.test("RungLeaders.reach() names the trials of the point that falls behind, once all of them have a value", () => {
  const points = [["a0", "a1"], ["b0", "b1"], ["c0", "c1"], ["d0", "d1"]];
  const leaders = new RungLeaders([{ until: 1, points, kept: 1 }]);
  assertEquals(leaders.reach("b0", 0.5), []);
  assertEquals(leaders.reach("a0", 0.9), []);
  assertEquals(leaders.reach("b1", 0.5), []);
  // The same mean and an earlier place.
  assertEquals(leaders.reach("a1", 0.1), ["b0", "b1"]);
  assertEquals(leaders.reach("c1", 0.1), []);
  assertEquals(leaders.reach("c0", 0.2), ["c0", "c1"]);
  assertEquals([leaders.reach("d0", 1), leaders.reach("d1", 1)], [[], ["a0", "a1"]]);
  assertEquals(leaders.reach("unknown", 1), []);
});

Deno.test(`RungLeaders leaves the points that a rung lets go on, in any order of their trials, seed ${SEED}`, () => {
  const random = openStream(`${SEED}/rung_leaders`);
  for (let round = 0; round < 60; round++) {
    const count = 2 + random.below(40);
    const repeats = 1 + random.below(3);
    const points = Array.from(
      { length: count },
      (_, point) => Array.from({ length: repeats }, (_, repeat) => `${point}-${repeat}`),
    );
    const values = new Map(points.flat().map((trial) => [trial, random.below(6) / 5]));
    const search = halving({ epochs: [1, 2], keep: (1 + random.below(9)) / 10 });
    const progressAt = (reached: number) => (trial: string, epoch: number): TrialProgress =>
      epoch <= reached ? { state: "reached", value: values.get(trial)! } : { state: "due" };
    const { undecided } = decideRungs(points, { search, progressOf: progressAt(0) });
    const leaders = new RungLeaders(undecided);
    const behind = new Set<string>();
    const order = points.flat();
    for (let left = order.length; left > 0; left--) {
      const [trial] = order.splice(random.below(left), 1);
      for (const id of leaders.reach(trial, values.get(trial)!)) behind.add(id);
    }
    const { stops } = decideRungs(points, { search, progressOf: progressAt(1) });
    assertEquals([...behind].sort(), [...stops.keys()].sort(), `round ${round}`);
  }
});
