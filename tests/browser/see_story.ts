import { renderReport } from "../../lib/report/render_report.ts";
import { SIX_AXES, wideStory, type WideStoryOptions } from "../report/wide_story.ts";
import { hasTools } from "../setup/needing.ts";
import type { Page } from "./playwright_types.ts";
import { type Equipment, unfoldTrials, visit } from "./visit.ts";

const BATCHES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Reports of made-up experiments, by name. */
const STORIES = {
  six_axes: {
    grid: SIX_AXES,
    epochs: 6,
    name: "an_experiment_whose_long_name_is_one_word_that_no_browser_breaks_at_a_space_because_it_has_none",
  },
  many: {
    grid: {
      rate: Array.from({ length: 26 }, (_, index) => (1 + index) / 100),
      hidden: [4, 8, 16, 32],
      batch: BATCHES,
    },
    epochs: 2,
  },
  one_axis: { grid: { hidden: [4, 16, 64, 256] }, repeats: 3, epochs: 6 },
} as const satisfies Readonly<Record<string, WideStoryOptions>>;

let folder: string | null = null;

// The tests of a file look at the same reports.
Deno.test.beforeAll(async () => {
  if (!hasTools("chromium")) return;
  folder = await Deno.makeTempDir();
  for (const [name, options] of Object.entries(STORIES)) {
    const { html } = await renderReport(wideStory(options));
    await Deno.writeTextFile(`${folder}/${name}.html`, html);
  }
});
Deno.test.afterAll(async () => {
  if (folder !== null) await Deno.remove(folder, { recursive: true });
});

/** Opens the report of a made-up experiment: over six axes, over one with three repeats, or of 1,040 trials. */
export function seeStory(
  name: keyof typeof STORIES,
  look: (page: Page) => Promise<void>,
  equipment: Equipment = {},
): Promise<void> {
  return visit({ url: `file://${folder}/${name}.html`, ...equipment }, async (page) => {
    await unfoldTrials(page);
    await look(page);
  });
}
