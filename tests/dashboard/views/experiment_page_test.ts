import { assertStringIncludes } from "@std/assert";
import { experimentPage } from "../../../lib/dashboard/views/experiment_page.ts";
import { startLine } from "../fakes.ts";
import { watching } from "../watching.ts";

Deno.test(
  "experimentPage() asks the experiment's question when its run has just begun and nothing else is there",
  watching(async ({ watched, writeActivity }) => {
    await writeActivity([startLine()]);
    await watched.refreshOutline();
    const filter = { text: "", status: "" };
    const page = experimentPage(watched, {
      base: "/t",
      filter,
      fragments: {},
      hasReport: false,
      revisions: [],
      notes: "# <b>Mine</b>\n",
    });
    assertStringIncludes(page, "<h1>Which rate?</h1>");
    assertStringIncludes(page, '<pre class="notes"># &lt;b&gt;Mine&lt;/b&gt;\n</pre>');
  }),
);
