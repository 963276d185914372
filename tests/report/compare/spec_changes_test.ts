import { assertEquals } from "@std/assert";
import { fieldChanges, specChanges } from "../../../lib/report/compare/spec_changes.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import { threeTrials } from "../three_trials.ts";

Deno.test("fieldChanges() names what differs by its path, and what one side lacks as null", () => {
  assertEquals(fieldChanges({ a: 1, b: { c: [1, 2], d: "x" } }, { a: 1, b: { c: [1, 3] }, e: null }), [
    { field: "b.c", before: "[1,2]", after: "[1,3]" },
    { field: "b.d", before: '"x"', after: null },
    { field: "e", before: null, after: "null" },
  ]);
});

Deno.test("fieldChanges() takes a field that is undefined for one that is not there, and other order for the same", () => {
  assertEquals(fieldChanges({ a: undefined, b: 1, c: 2 }, { c: 2, b: 1 }), []);
});

Deno.test("specChanges() compares the winner's settings when the same point has won, and only then", () => {
  const before = threeTrials();
  const solver = { ...before.winner!.solver!, epochs: 7 };
  const after: Summary = { ...before, dataDigest: "other", winner: { ...before.winner!, solver } };
  const data = { field: "dataDigest", before: '"d"', after: '"other"' };
  assertEquals(specChanges(before, after), [data, { field: "solver.epochs", before: "1", after: "7" }]);
  const elsewhere = { ...after, winner: { ...after.winner!, point: { rate: 0.3 } } };
  assertEquals(specChanges(before, elsewhere), [data]);
  assertEquals(specChanges(before, { ...after, winner: null }), [data]);
});
