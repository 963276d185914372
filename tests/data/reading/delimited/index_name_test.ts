import { assertEquals } from "@std/assert";
import { withIndexName } from "../../../../lib/data/reading/delimited/index_name.ts";

Deno.test("withIndexName() names the first column alone when it has no name", () => {
  assertEquals(withIndexName(["", "a", "b"]), ["column1", "a", "b"]);
  for (const names of [["a", ""], [""], ["", "column1"], []]) assertEquals(withIndexName(names), names);
});
