import { assertEquals } from "@std/assert";
import { changesEntry } from "../../../lib/report/compare/changes_entry.ts";
import { addedReasons } from "../../../lib/report/trend/added_reasons.ts";
import { FIRST } from "./fakes.ts";

const entry = (reason: string) =>
  `\n${changesEntry(reason, { summary: FIRST, comparison: null, origins: [] })}`;
const HEAD = "# Why the results of fake changed\n";

Deno.test("addedReasons() gives the reasons of entries that were added, as they were written", () => {
  const one = HEAD + entry("a *faster* kernel_x <b> & `init`");
  const cases: readonly (readonly [string | null, string | null, readonly string[]])[] = [
    [null, null, []],
    [null, HEAD, []],
    [null, one, ["a *faster* kernel_x <b> & `init`"]],
    [one, one + entry("more data") + entry("a new seed"), ["more data", "a new seed"]],
    // The same reason may be given twice.
    [one + entry("again"), one + entry("again") + entry("again"), ["again"]],
    [one, HEAD, []],
    [one, null, []],
    // What stands below a reason is no reason.
    [one, `${one}- ### a fact\n  ## another\n`, []],
    [HEAD, "## with another line end\r\n", ["with another line end"]],
  ];
  for (const [before, after, reasons] of cases) assertEquals(addedReasons(before, after), reasons);
});
