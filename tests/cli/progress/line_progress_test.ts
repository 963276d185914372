import { assertEquals } from "@std/assert";
import { lineProgress } from "../../../lib/cli/progress/line_progress.ts";

Deno.test("lineProgress() writes a line a tenth of the data and none twice", () => {
  const lines: string[] = [];
  const { observe } = lineProgress({ writeError: (text) => void lines.push(text) });
  for (let done = 0; done <= 200; done++) {
    observe({ type: "data", label: "fetching MNIST", done, total: 200 });
  }
  assertEquals(lines.length, 11);
  assertEquals([lines[0], lines[10]], ["data: fetching MNIST, 0 %\n", "data: fetching MNIST, 100 %\n"]);
});
