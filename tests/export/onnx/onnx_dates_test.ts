import { assertEquals } from "@std/assert";
import { isReadableFormat } from "../../../lib/export/onnx/onnx_dates.ts";

Deno.test("isReadableFormat() is true when digits alone say where each part of a date is", () => {
  const formats = [
    undefined,
    "DD.MM.YYYY",
    "YYYYMMDD",
    "D/M/YYYY",
    "YYYY-MM-DD HH:mm:ss",
    "on DD, MM (YYYY)",
  ];
  assertEquals(formats.filter((format) => !isReadableFormat(format)), []);
  const others = ["DMYYYY", "YYYYMMD", "D MMM YYYY", "YYYY1MM1DD", "DMM.YYYY"];
  assertEquals(others.filter(isReadableFormat), []);
});
