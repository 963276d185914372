import { assert, assertEquals, assertThrows } from "@std/assert";
import { inverseNormal } from "../../../lib/core/numbers/inverse_normal.ts";
import { openStream, shuffle, streamState } from "../../../lib/core/numbers/random.ts";

Deno.test("openStream() gives the published numbers of a path", () => {
  const stream = openStream("231/0/x");
  const drawn = [stream.uint32(), stream.uniform(), stream.normal(), stream.below(10)];
  // As the reimplementation in tests/golden/make_fixtures.py gives them.
  assertEquals(drawn, [1735034455, 0.6045982632857029, 0.6086176610240589, 2]);
});

Deno.test("openStream() gives other numbers for every path of a run", () => {
  const paths = ["1/0", "1/1", "11/0"].flatMap((root) =>
    ["init/W1", "init/W2", "shuffle/1", "shuffle/2", "dropout/1/1", "train_sample"].map((rest) =>
      `${root}/${rest}`
    )
  );
  const firsts = paths.map((path) => openStream(path).uint32());
  assertEquals(new Set(firsts).size, paths.length);
});

for (const path of ["", "a b", "a\0b", "é", "a\n"]) {
  Deno.test(`openStream() refuses the path ${JSON.stringify(path)}`, () => {
    assertEquals(
      assertThrows(() => openStream(path), TypeError).message,
      `Cannot open a random stream: its path must be visible ASCII, found ${JSON.stringify(path)}`,
    );
  });
}

Deno.test("streamState() is where the stream of the path starts", () => {
  assertEquals(streamState("a"), { a: -432944730, b: 243798866, c: -2099320893, d: -1232576986 });
});

Deno.test("below() gives every number below its limit equally often", () => {
  const stream = openStream("below");
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.below(7)]++;
  // Five standard deviations of a count.
  for (const count of counts) {
    assert(Math.abs(count - 10_000) < 5 * Math.sqrt(10_000 * 6 / 7), String(counts));
  }
});

Deno.test("normal() has mean 0 and variance 1", () => {
  const stream = openStream("normal");
  let [sum, squares] = [0, 0];
  for (let i = 0; i < 100_000; i++) {
    const x = stream.normal();
    sum += x;
    squares += x * x;
  }
  assert(Math.abs(sum / 100_000) < 5 / Math.sqrt(100_000), String(sum));
  assert(Math.abs(squares / 100_000 - 1) < 5 * Math.sqrt(2 / 100_000), String(squares));
});

Deno.test("shuffle() keeps every element and puts the first anywhere", () => {
  const firsts = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    const values = Int32Array.of(0, 1, 2, 3, 4);
    shuffle(values, openStream(`shuffle/${seed}`));
    assertEquals([...values].sort(), [0, 1, 2, 3, 4]);
    firsts.add(values[0]);
  }
  assertEquals(firsts.size, 5);
});

/** As Python's statistics.NormalDist().inv_cdf gives them, another implementation of AS 241. */
const QUANTILES: readonly (readonly [number, number])[] = [
  [1e-300, -37.0470962993612],
  [1e-16, -8.222082216130435],
  [1e-5, -4.2648907939228256],
  [0.01, -2.3263478740408408],
  [0.2, -0.8416212335729142],
  [0.5, 0],
  [0.7, 0.5244005127080407],
  [0.999, 3.090232306167813],
  [1 - 1e-12, 7.0344869100478356],
];

for (const [probability, quantile] of QUANTILES) {
  Deno.test(`inverseNormal(${probability}) is ${quantile}`, () =>
    assertEquals(inverseNormal(probability), quantile));
}
