import { assert, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { type DividedRows, divideRows } from "../../../lib/data/splits/divide_rows.ts";
import { rowsFrom } from "../preparation/raw_columns.ts";

interface Fixture {
  readonly labels: readonly string[];
  readonly splits: readonly {
    readonly train: number;
    readonly test: number;
    readonly trainCounts: Readonly<Record<string, number>>;
    readonly testCounts: Readonly<Record<string, number>>;
  }[];
}

const FIXTURE: Fixture = JSON.parse(
  Deno.readTextFileSync(new URL("../../golden/fixtures/preparation.json", import.meta.url)),
);

function all({ train, validation, test }: DividedRows): readonly number[] {
  return [...train, ...validation, ...test];
}

function assertEachOnce(divided: DividedRows): void {
  assertEquals(new Set(all(divided)).size, all(divided).length);
}

Deno.test("divideRows() gives each split its share of each class, as scikit-learn does, when there are labels", () => {
  const names = [...new Set(FIXTURE.labels)].sort();
  const labels = Int32Array.from(FIXTURE.labels, (label) => names.indexOf(label));
  for (const { train, test, trainCounts, testCounts } of FIXTURE.splits) {
    const rows = rowsFrom(0, labels.length);
    const divided = divideRows({ rows, sizes: { train, validation: 0, test }, seed: 5, labels });
    assertEquals([divided.train.length, divided.test.length], [train, test]);
    names.forEach((name, label) => {
      const count = (own: Int32Array) => own.filter((row) => labels[row] === label).length;
      assert(Math.abs(count(divided.train) - trainCounts[name]) <= 1, `${name} in training`);
      assert(Math.abs(count(divided.test) - testCounts[name]) <= 1, `${name} in the test`);
    });
  }
});

Deno.test("divideRows() gives a class its share within 2 rows and each split exactly its rows when labels are random", () => {
  const seed = String(Math.floor(Math.random() * 1e9));
  const stream = openStream(`divide/${seed}`);
  for (let round = 0; round < 200; round++) {
    const n = 10 + Math.floor(stream.uniform() * 200);
    const classes = 2 + Math.floor(stream.uniform() * 5);
    const labels = Int32Array.from(
      { length: n },
      () => Math.floor(stream.uniform() * stream.uniform() * classes),
    );
    const test = 1 + Math.floor(stream.uniform() * n / 4);
    const validation = 1 + Math.floor(stream.uniform() * n / 4);
    const sizes = { train: n - test - validation - Math.floor(stream.uniform() * 3), validation, test };
    const divided = divideRows({ rows: rowsFrom(0, n), sizes, seed: round, labels });
    const message = `seed ${seed}, round ${round}`;
    assertEquals(
      [divided.train.length, divided.validation.length, divided.test.length],
      [sizes.train, sizes.validation, sizes.test],
      message,
    );
    assertEachOnce(divided);
    for (let label = 0; label < classes; label++) {
      const size = labels.filter((own) => own === label).length;
      // Classes of a few rows are spared on purpose.
      if (size < 12) continue;
      for (const split of ["validation", "test"] as const) {
        const count = divided[split].filter((row) => labels[row] === label).length;
        assert(
          Math.abs(count - size * sizes[split] / n) < 2 + classes,
          `${message}, ${split}: ${count} of ${size}`,
        );
      }
    }
  }
});

Deno.test("divideRows() keeps a row of a rare class for training when the class has two or three", () => {
  const labels = Int32Array.from({ length: 103 }, (_, row) => row < 100 ? row % 2 : 2);
  for (let seed = 0; seed < 50; seed++) {
    const sizes = { train: 63, validation: 20, test: 20 };
    const { train } = divideRows({ rows: rowsFrom(0, 103), sizes, seed, labels });
    assert(train.some((row) => labels[row] === 2), `seed ${seed}`);
  }
});

Deno.test("divideRows() gives later splits later rows only when there are times, and equal times to one split", () => {
  const times = Float64Array.from({ length: 40 }, (_, row) => (row * 7) % 10);
  const sizes = { train: 22, validation: 9, test: 9 };
  const { train, validation, test } = divideRows({ rows: rowsFrom(0, 40), sizes, seed: 0, times });
  const extent = (rows: Int32Array) => {
    const own = [...rows].map((row) => times[row]);
    return [Math.min(...own), Math.max(...own)];
  };
  assertEquals([extent(train), extent(validation), extent(test)], [[0, 4], [5, 7], [8, 9]]);
  assertEquals([train.length, validation.length, test.length], [20, 12, 8]);
});

Deno.test("divideRows() divides no group when there are groups", () => {
  const groups = Int32Array.from({ length: 120 }, (_, row) => (row * 31) % 17);
  const sizes = { train: 72, validation: 24, test: 24 };
  const divided = divideRows({ rows: rowsFrom(0, 120), sizes, seed: 3, groups });
  const of = (rows: Int32Array) => new Set([...rows].map((row) => groups[row]));
  const [train, validation, test] = [of(divided.train), of(divided.validation), of(divided.test)];
  assertEquals([...train].some((group) => validation.has(group) || test.has(group)), false);
  assertEquals([...validation].some((group) => test.has(group)), false);
  assertEachOnce(divided);
  assert(Math.abs(divided.train.length - 72) <= 8 && divided.test.length >= 16);
});

Deno.test("divideRows() gives other splits when the seed is another, and the same when it is the same", () => {
  const divide = (seed: number) =>
    all(divideRows({ rows: rowsFrom(0, 50), sizes: { train: 30, validation: 10, test: 10 }, seed }));
  assertEquals(divide(1), divide(1));
  assert(divide(1).join() !== divide(2).join());
});
