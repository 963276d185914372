import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { indexHistory, parseHistoryRows } from "../../../lib/report/files/history_rows.ts";

const HEAD = "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256\r\n";
const row = (trial: string, epoch: number | string) => `${trial},${epoch},0.5,0.25,0.75,0.1,sha\r\n`;
const path = "history.csv";

Deno.test("indexHistory() cuts the text into the rows of each trial", () => {
  const text = HEAD + row("a", 0) + row("a", 1) + row("ab", 0);
  assertEquals(
    indexHistory(text, { path }),
    new Map([["a", row("a", 0) + row("a", 1)], ["ab", row("ab", 0)]]),
  );
  assertEquals(indexHistory(HEAD, { path }), new Map());
});

Deno.test("indexHistory() takes line ends that git has converted", () => {
  const text = (HEAD + row("a", 0)).replaceAll("\r\n", "\n");
  assertEquals([...indexHistory(text, { path }).keys()], ["a"]);
});

Deno.test("indexHistory() throws the line and what is wrong with it", () => {
  const cases: readonly (readonly [text: string, line: number, found: string])[] = [
    ["", 1, "other columns"],
    [HEAD.replace("loss", "error"), 1, "other columns"],
    [HEAD.trimEnd(), 1, "other columns"],
    [HEAD + row("a", 0) + row("a", 1).trimEnd(), 3, "an incomplete row"],
    [HEAD + row("a", 0) + row("b", 0) + row("a", 1), 4, "trial a again"],
    [`${HEAD}<<<<<<< ours\n`, 2, "a row without a trial"],
  ];
  for (const [text, line, found] of cases) {
    const error = assertThrows(() => indexHistory(text, { path }), InputError);
    assertEquals(
      error.message,
      `Cannot read history.csv: line ${line} must continue the epochs of a trial, found ${found}`,
    );
  }
});

Deno.test("parseHistoryRows() names the fields of each row", () => {
  assertEquals(parseHistoryRows(row("a", 0) + row("a", 1).replace("0.5", ""), { path }), [
    {
      trial: "a",
      epoch: "0",
      loss: "0.5",
      train_accuracy: "0.25",
      validation_accuracy: "0.75",
      learning_rate: "0.1",
      weights_sha256: "sha",
    },
    {
      trial: "a",
      epoch: "1",
      loss: "",
      train_accuracy: "0.25",
      validation_accuracy: "0.75",
      learning_rate: "0.1",
      weights_sha256: "sha",
    },
  ]);
});

Deno.test("parseHistoryRows() throws when an epoch is another, a number is none or a field is missing", () => {
  for (const bad of [row("a", 2), row("a", 1).replace("0.25", "x"), "a,1,0.5\r\n", row("a", "01")]) {
    const error = assertThrows(() => parseHistoryRows(row("a", 0) + bad, { path }), InputError);
    assertEquals(
      error.message,
      `Cannot read history.csv: a row of trial a must hold the numbers of epoch 1, found "${bad.trimEnd()}"`,
    );
  }
});

Deno.test("indexHistory() and parseHistoryRows() take rows with folds", () => {
  const folded = row("a", 0).replace("\r\n", ",3\r\n");
  const file = { path, isFolded: true };
  const history = indexHistory(HEAD.replace("\r\n", ",fold\r\n") + folded, file);
  assertEquals(history, new Map([["a", folded]]));
  const [plain] = parseHistoryRows(row("a", 0), { path });
  assertEquals(parseHistoryRows(folded, file), [{ ...plain, fold: "3" }]);
  const damaged = folded.replace(",3", ",x");
  assertThrows(() => parseHistoryRows(damaged, file), InputError, 'found "a,0,0.5,0.25,0.75,0.1,sha,x"');
});
