import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkCsvSize } from "../../../lib/data/csv/check_csv_size.ts";

Deno.test("checkCsvSize() throws when there are more fields than V8's heap has room for", () => {
  const bytes = new Uint8Array(80_000_000).fill(",".charCodeAt(0));
  const error = assertThrows(() => checkCsvSize(bytes, { file: "f" }), InputError);
  assertEquals(
    error.message,
    "Cannot read data: f: it must have at most 80000000 fields, found 80000001",
  );
});
