import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderReport } from "../../lib/report/render_report.ts";
import { fakeInspection, fakeStory } from "./fakes.ts";

const HOSTILE = `</script><img src=x onerror="alert(1)">&'`;

Deno.test("renderReport() writes the same bytes each time, and one document that asks for nothing", async () => {
  const story = fakeStory({ rates: 3, epochs: 4, inspection: fakeInspection(), question: HOSTILE });
  const first = await renderReport(story);
  const second = await renderReport(story);
  assert(second.html === first.html && second.markdown === first.markdown);
  assert([...first.figures].every(([name, content]) => String(second.figures.get(name)) === String(content)));
  assertEquals(/<(link|iframe|object|script src|img src="(?!data:))/.test(first.html), false);
  // The data and the script.
  assertEquals(first.html.match(/<\/script>/g)?.length, 2);
  assertStringIncludes(
    first.html,
    "<h1>&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;</h1>",
  );
  assertStringIncludes(
    first.html,
    `content="default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-`,
  );
  assertEquals([...first.figures.keys()], [
    "figure_accuracy.svg",
    "figure_train_accuracy.svg",
    "figure_loss.svg",
    "figure_effect_1.svg",
    "figure_effect_2.svg",
    "figure_heat_map_1_2.svg",
    "figure_parallel.svg",
    "figure_confusion.svg",
    "figure_mistakes.png",
    "figure_first_layer.png",
  ]);
  for (const name of first.figures.keys()) assertStringIncludes(first.markdown, `(${name})`);
});

Deno.test("renderReport() names the winner with its parameters, accuracies and trials", async () => {
  const { html } = await renderReport(fakeStory({ rates: 2, epochs: 3 }));
  const text = html.replaceAll("\n", "");
  for (
    const part of [
      "<h2>Answer</h2>",
      '<p class="answer">rate=',
      '<tr data-point="',
      "<dt>rate</dt><dd>",
      "<strong>75.00 %</strong>",
      "6 points, one repeat each, 6 trials:",
      "deno task run experiments/fake_story.ts",
      '<tr data-status="done"',
    ]
  ) assert(text.includes(part), part);
});

Deno.test("renderReport() stays below 3 MB for 100 trials of 1,000 epochs, and aggregates above 1,000 trials", async () => {
  const hundred = await renderReport(fakeStory({ rates: 34, epochs: 1000 }));
  assert(hundred.html.length < 3e6, `found ${hundred.html.length} bytes`);
  const many = await renderReport(fakeStory({ rates: 400, epochs: 100 }));
  assert(many.html.length < 10e6, `found ${many.html.length} bytes`);
  assertStringIncludes(many.html, "The best 1000 of 1200 trials; trials.csv has all.");
  assertStringIncludes(many.html, "Bands hold 50 % and 90 % of the 1200 trials");
});
