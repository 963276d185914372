import { assertEquals } from "@std/assert";
import type { GateSpec } from "../../../lib/experiment/declaration/gate_spec.ts";
import { type GateFlags, gateText, resolveGate } from "../../../lib/report/compare/gate.ts";

const CASES: readonly (readonly [GateSpec | undefined, GateFlags | undefined, string])[] = [
  [undefined, undefined, "strict (default), tolerance 0 (default), suspicious 0.05 (default)"],
  [
    { policy: "accuracy", tolerance: 0.01, suspicious: 0.1, select: "validationAccuracy" },
    {},
    "accuracy (experiment file), tolerance 0.01 (experiment file), suspicious 0.1 (experiment file), " +
    "select validationAccuracy (experiment file)",
  ],
  [
    { policy: "accuracy", tolerance: 0.01 },
    { policy: "report", tolerance: "auto" },
    "report (flag), tolerance auto (flag), suspicious 0.05 (default)",
  ],
  // Whoever gives a tolerance does not have to name the policy that heeds it.
  [
    {},
    { tolerance: 0.02 },
    "accuracy (since a tolerance is given), tolerance 0.02 (flag), suspicious 0.05 (default)",
  ],
  [
    { tolerance: 0.02 },
    { policy: "strict", suspicious: 0.2 },
    "strict (flag), tolerance 0.02 (experiment file), suspicious 0.2 (flag)",
  ],
  [
    {},
    { tolerance: 0.02, allowBits: true },
    "strict (default), --allow-bits, tolerance 0.02 (flag), suspicious 0.05 (default)",
  ],
];

Deno.test("resolveGate() takes flags before the experiment file before defaults, and gateText() says which", () => {
  for (const [declared, flags, text] of CASES) assertEquals(gateText(resolveGate(declared, flags)), text);
});
