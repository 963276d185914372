import { assertEquals } from "@std/assert";
import { predictRows } from "../../lib/export/predict_rows.ts";
import { trainModel } from "./trained_models.ts";

Deno.test("predictRows() gives the softmax of the scores", () => {
  const model = trainModel({ hiddenDims: [13] });
  const x = Float32Array.from({ length: 19 }, (_, i) => i / 19);
  const centred = x.map((value, i) => value - model.mean[i]);
  const scores = [...model.net.scores({ rows: 1, cols: 19, data: centred }).data];
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  const best = scores.indexOf(Math.max(...scores));
  const [{ label, probability }] = predictRows(model, { x, rowName: String });
  assertEquals(label, best);
  assertEquals(Math.abs(probability - Math.exp(scores[best]) / sum) < 1e-12, true);
});
