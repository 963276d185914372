import { assertEquals } from "@std/assert";
import { askedFor } from "../../../lib/runner/declare/asked_for.ts";

const REST =
  ", and an experiment may read its project only; --trust-experiment allows it everything for one run";

const WORKER = new URL("../../../lib/runner/declare/declaration_worker.ts", import.meta.url).href;

/** Returns an error as Deno throws it, thrown in a module. */
function refusal(what: string, stack: string): Error {
  const error = new Error(`Requires ${what}, run again with the --allow-x flag`);
  error.stack = `NotCapable: ${error.message}\n    at Object.get (ext:deno_os/30_os.js:1:2)\n${stack}`;
  return error;
}

Deno.test("askedFor() names what was asked for, and the module that asked", () => {
  const here = `    at file://${Deno.cwd()}/experiments/a%20b.ts:3:4`;
  const cases: readonly (readonly [Error, string])[] = [
    [refusal('env access to "HOME"', here), `experiments/a b.ts asked for env access to "HOME"${REST}`],
    [
      refusal("net access", "    at file:///cache/npm/registry.npmjs.org/@scope/pkg/1.2.3/index.js:1:2"),
      `npm:@scope/pkg@1.2.3 asked for net access${REST}`,
    ],
    [
      refusal("net access", "    at file:///cache/npm/registry.npmjs.org/left/1.0.0/a.js:1:2"),
      `npm:left@1.0.0 asked for net access${REST}`,
    ],
    [
      refusal("run access", "    at https://example.org/x.ts:1:2"),
      `https://example.org/x.ts asked for run access${REST}`,
    ],
    // Who imports experiments for Seedbed is no module of the user's.
    [refusal("read access", `    at ${WORKER}:3:4`), `it asked for read access${REST}`],
    [
      refusal("read access", `    at ${WORKER}:3:4\n${here}`),
      `experiments/a b.ts asked for read access${REST}`,
    ],
    [refusal("run access", ""), `it asked for run access${REST}`],
    [
      new Error("it could not be imported", { cause: refusal("run access", "") }),
      `it asked for run access${REST}`,
    ],
  ];
  for (const [error, text] of cases) assertEquals(askedFor(error), text);
});

Deno.test("askedFor() is null for an error about something else", () => {
  for (const error of [new Error("Requires patience"), "Requires env access, run again with", null]) {
    assertEquals(askedFor(error), null);
  }
});
