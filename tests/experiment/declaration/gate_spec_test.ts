import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkGate } from "../../../lib/experiment/declaration/gate_spec.ts";

const WRONG: readonly (readonly [unknown, string])[] = [
  ["strict", 'gate must be an object, found "strict"'],
  [{ policy: "lax" }, 'gate.policy must be "strict" or "accuracy" or "report", found "lax"'],
  [{ tolerance: 1.5 }, 'gate.tolerance must be a fraction from 0 to 1, or "auto", found 1.5'],
  [{ tolerance: NaN }, 'gate.tolerance must be a fraction from 0 to 1, or "auto", found NaN'],
  [{ suspicious: "auto" }, 'gate.suspicious must be a fraction from 0 to 1, found "auto"'],
  [
    { select: [] },
    'gate.select must be "validationAccuracy" or "testAccuracy", or a list of them, found []',
  ],
  [
    { select: ["loss"] },
    'gate.select must be "validationAccuracy" or "testAccuracy", or a list of them, found ["loss"]',
  ],
  [{ strict: true }, "gate.strict is not a field, the fields are policy, tolerance, suspicious, select"],
];

Deno.test("checkGate() takes every policy, and names the field that is wrong", () => {
  for (const gate of [{}, { policy: "report", tolerance: "auto", suspicious: 1, select: ["testAccuracy"] }]) {
    checkGate(gate, { action: "define an experiment" });
  }
  // Of a loss or an error, a difference may be of any size.
  checkGate({ tolerance: 2.5, suspicious: 10 }, { action: "check", select: "validationRmse" });
  const negative = () => checkGate({ tolerance: -1 }, { action: "check", select: "validationRmse" });
  assertEquals(
    assertThrows(negative, InputError).message,
    'Cannot check: gate.tolerance must be a number from 0 on, or "auto", found -1',
  );
  for (const [gate, problem] of WRONG) {
    const error = assertThrows(() => checkGate(gate, { action: "define an experiment" }), InputError);
    assertEquals(error.message, `Cannot define an experiment: ${problem}`);
  }
});
