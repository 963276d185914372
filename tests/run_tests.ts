import { isCi } from "../lib/cli/process/is_ci.ts";
import { checkTypes } from "./setup/check_types.ts";
import { closingLines, exitCode } from "./setup/closing_lines.ts";
import { runPart } from "./setup/run_part.ts";
import { type Part, runParts } from "./setup/run_parts.ts";
import { setUp } from "./setup/set_up.ts";
import { type SuiteOutcome, suiteOutcome } from "./setup/suite_outcome.ts";
import { suiteParts } from "./setup/suite_parts.ts";
import { makeTemporaryFiles } from "./setup/temporary_files.ts";
import { ROOT, testFiles } from "./setup/test_files.ts";

/** How many parts run at the same time. No more than these, since many start processes and threads of their own. */
const SLOTS = Math.min(navigator.hardwareConcurrency, 4);

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
const INTERRUPTED = 130;

if (import.meta.main) {
  const isQuick = Deno.args[0] === "--quick";
  const args = Deno.args.slice(isQuick ? 1 : 0);
  Deno.chdir(ROOT);
  const start = performance.now();
  await setUp({ installs: !isQuick });
  const parts = suiteParts({ isQuick, files: testFiles(), args, isThere });
  const outcome = await checkTypes(parts) ?? await runSuite(parts);
  const closing = { isCi: isCi(Deno.env.get("CI")), seconds: (performance.now() - start) / 1000 };
  writeWhole(new TextEncoder().encode(`\n${closingLines(outcome, closing)}`));
  Deno.exit(exitCode(outcome, closing));
}

async function runSuite(parts: readonly Part[]): Promise<SuiteOutcome> {
  const files = await makeTemporaryFiles();
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of SIGNALS) Deno.addSignalListener(name, () => stop.abort());
  const outcomes = await runParts(parts, {
    slots: SLOTS,
    run: (part, { write }) => runPart(part, { write, files, signal }),
    write: writeWhole,
    signal,
  });
  files[Symbol.dispose]();
  if (signal.aborted) Deno.exit(INTERRUPTED);
  return suiteOutcome(outcomes);
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

function writeWhole(bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(Deno.stdout.writeSync(rest));
}
