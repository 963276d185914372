import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";

Deno.test("indexHistory() throws with the line when rows are not where they belong", () => {
  const head = "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256\r\n";
  const cases: readonly (readonly [string, string])[] = [
    ["trial,epoch\r\n", "line 1 must continue the epochs of a trial, found other columns"],
    [
      `${head}a,0\r\nb,0\r\na,1\r\n`,
      "line 4 must continue the epochs of a trial, found trial a again",
    ],
    [`${head}a,0\r\na,1`, "line 3 must continue the epochs of a trial, found an incomplete row"],
    [`${head}\r\n`, "line 2 must continue the epochs of a trial, found a row without a trial"],
  ];
  for (const [text, message] of cases) {
    const error = assertThrows(() => indexHistory(text, { path: "history.csv" }), InputError);
    assertEquals(error.message, `Cannot read history.csv: ${message}`);
  }
});
