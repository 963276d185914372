import { assertEquals, assertStringIncludes } from "@std/assert";
import { filterFields, trialsTable } from "../../../lib/report/page/trials_table.ts";
import { threeTrials } from "../three_trials.ts";

const SUMMARY = threeTrials();

/** Returns the texts of the cells of each row. */
function rowsOf(markup: string): readonly (readonly string[])[] {
  const body = markup.slice(markup.indexOf("<tbody>"));
  return body.split("<tr").slice(1).map((row) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell.replace(/<[^>]*>/g, ""))
  );
}

Deno.test("trialsTable() has the trials best first, those without an accuracy last, and flags those at chance level", () => {
  const loss = "0.3333";
  assertEquals(rowsOf(trialsTable(SUMMARY).markup), [
    ["1", "50.00 %", "0.1", "0", "done, at chance level", "75.00 %", "50.00 %", loss, "1", "0.1-0", ""],
    ["2", "25.00 %", "0.3", "0", "done, at chance level", "", "50.00 %", loss, "1", "0.3-0", ""],
    ["3", "", "0.2", "0", "diverged", "", "", "", "", "0.2-0", "loss is NaN, at once"],
  ]);
});

Deno.test("trialsTable() marks the winner's trials, and has reasons only where there are some", () => {
  const { markup } = trialsTable(SUMMARY);
  assertEquals([...markup.matchAll(/data-trial="([^"]*)"\s+class="winner"/g)].map(([, id]) => id), ["0.1-0"]);
  const trials = SUMMARY.trials.filter(({ reason }) => reason === null);
  assertEquals(rowsOf(trialsTable({ ...SUMMARY, trials }).markup).map((row) => row.length), [10, 10]);
});

Deno.test("filterFields() shows the filter that is set", () => {
  const { markup } = filterFields({ text: 'a "b"', status: "failed" }, { hasSearch: true });
  assertStringIncludes(markup, 'value="a &quot;b&quot;"');
  assertEquals([...markup.matchAll(/<option selected>(\w+)</g)].map(([, name]) => name), ["failed"]);
});
