import { assertEquals } from "@std/assert";
import { buffersOf, packStory, unpackStory } from "../../../lib/dashboard/drawing/packed_story.ts";
import { filterStory } from "../../../lib/dashboard/views/filter_story.ts";
import { fakeInspection, fakeStory } from "../../report/fakes.ts";
import { SIX_AXES, wideStory } from "../../report/wide_story.ts";

Deno.test("unpackStory() has the story that was packed and sent, curves of any length included", () => {
  const stories = [
    wideStory({ grid: SIX_AXES, epochs: 3 }),
    fakeStory({ rates: 1, epochs: 1, inspection: fakeInspection() }),
    { ...fakeStory({ rates: 1, epochs: 1 }), curves: new Map() },
  ];
  for (const story of stories) {
    const packed = packStory(story);
    const sent = structuredClone(packed, { transfer: [...buffersOf(packed)] });
    assertEquals(packed.curves.values.length, 0);
    assertEquals(unpackStory(sent), story);
  }
});

Deno.test("packStory() leaves out the curves of trials that a filter hides", () => {
  const story = filterStory(wideStory({ grid: SIX_AXES, epochs: 3 }), { text: "optimizer=adam", status: "" });
  const ids = story.summary.trials.map(({ trial }) => trial);
  assertEquals(packStory(story).curves.trials, ids);
  assertEquals(story.curves.size, 2 * ids.length);
});
