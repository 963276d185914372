import { assertEquals, assertNotEquals } from "@std/assert";
import { experimentDigest } from "../../../lib/report/summary/experiment_digest.ts";
import { fakeExperiment, fakeGrid } from "../fakes.ts";

function digestOf(fields: Parameters<typeof fakeExperiment>[0] = {}): string {
  const experiment = fakeExperiment(fields);
  return experimentDigest(experiment, { grid: fakeGrid(experiment) });
}

Deno.test("experimentDigest() stays when the question is put in other words", () => {
  assertEquals(digestOf({ question: "Which one?" }), digestOf());
  assertEquals(digestOf({ conclusion: "The first." }), digestOf());
  assertEquals(digestOf(), "b2f226a54f4194596d735dc79f43c5055192ed6155520343c5ce887422de0dbf");
});

Deno.test("experimentDigest() changes with whatever decides a result", () => {
  const { data } = fakeExperiment();
  const changes = [
    { name: "other" },
    { seed: 2 },
    { repeats: 2 },
    { data: { ...data, train: 8 } },
    { grid: { rate: [0.1, 0.2] } },
    { grid: { rate: [0.2, 0.1, 0.3] } },
  ];
  const digests = new Set(changes.map((fields) => digestOf(fields)));
  assertEquals(digests.size, changes.length);
  for (const digest of digests) assertNotEquals(digest, digestOf());
});
