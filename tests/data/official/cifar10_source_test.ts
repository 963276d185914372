import { assertEquals } from "@std/assert";
import { CIFAR10 } from "../../../lib/data/official/cifar10_source.ts";
import { cifarRecords } from "../cifar_records.ts";

Deno.test("CIFAR10 puts each official batch at its place", async () => {
  const records = cifarRecords(10_000);
  const places = [["data_batch_1", "train", 0], ["data_batch_5", "train", 40_000], [
    "test_batch",
    "test",
    0,
  ]] as const;
  for (const [name, split, first] of places) {
    const [rows, labels] = await CIFAR10.folderFiles[`${name}.bin`](records, name);
    assertEquals([rows.split, rows.field, rows.first, rows.bytes.length], [split, "rows", first, 30_720_000]);
    assertEquals([labels.split, labels.field, labels.first, labels.bytes.length], [
      split,
      "labels",
      first,
      10_000,
    ]);
    assertEquals(labels.bytes[77], 77);
  }
});

Deno.test("CIFAR10 reads the labels of its package", async () => {
  const bytes = new TextEncoder().encode("[6,9,9]");
  assertEquals(await CIFAR10.packageFiles["train_lables.json"](bytes, "train_lables.json"), [
    { split: "train", field: "labels", first: 0, bytes: Uint8Array.of(6, 9, 9) },
  ]);
});
