import { assertEquals, assertStringIncludes } from "@std/assert";
import { historyPage } from "../../../lib/dashboard/views/history_page.ts";
import { threeTrials } from "../../report/three_trials.ts";

Deno.test("historyPage() has a row a commit, with its winner and what changed since the one before", () => {
  const summary = threeTrials();
  const commit = (revision: string) => ({ revision, date: "2026-01-31", subject: `commit <${revision}>` });
  const past = [
    { ...commit("c4"), summary: null },
    { ...commit("c3"), summary: { ...summary, dataDigest: "other" } },
    { ...commit("c2"), summary: { ...summary, experimentDigest: "other" } },
    { ...commit("c1"), summary },
    { ...commit("c0"), summary },
  ];
  const page = historyPage("fake", { past, base: "/t" }).replaceAll("\n", "");
  const rows = [...page.matchAll(/<tr data-href.*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell.replace(/<[^>]*>/g, ""))
  );
  assertEquals(rows.map((cells) => cells.slice(4, 7)), [
    ["none", "cannot be read", ""],
    ["rate=0.1", "2 of 3", "other data"],
    ["rate=0.1", "2 of 3", "changed"],
    ["rate=0.1", "2 of 3", "as before"],
    ["rate=0.1", "2 of 3", ""],
  ]);
  assertStringIncludes(page, "commit &lt;c3&gt;");
  assertStringIncludes(page, 'data-href="/t/compare?side=fake&amp;side=fake@c3"');
});

Deno.test("historyPage() says when no commit has results", () => {
  assertStringIncludes(
    historyPage("fake", { past: [], base: "/t" }),
    "No commit has results of this experiment.",
  );
});
