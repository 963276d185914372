import { assertEquals } from "@std/assert";
import { problemList } from "../../../lib/dashboard/views/problem_list.ts";

Deno.test("problemList() escapes each problem, and is null without one", () => {
  assertEquals(problemList({ problems: [] }), null);
  assertEquals(
    problemList({ problems: ["Cannot read <a>", "b"] })!.markup,
    '<ul class="problems"><li>Cannot read &lt;a&gt;</li>\n<li>b</li></ul>',
  );
});
