import type { DataSource } from "./base/data_source.ts";
import type { DataSpec } from "./base/data_spec.ts";
import { blobsData } from "./blobs_data.ts";
import { cifar10 } from "./official/cifar10.ts";
import { CIFAR10 } from "./official/cifar10_source.ts";
import { mnist } from "./official/mnist.ts";
import { MNIST } from "./official/mnist_source.ts";
import { officialData } from "./official/official_data.ts";
import { csvData } from "./csv/csv_data.ts";
import { tableData } from "./table/table_data.ts";

type Sources = { readonly [K in DataSpec["kind"]]: DataSource<Extract<DataSpec, { readonly kind: K }>> };

const SOURCES: Sources = {
  mnist: officialData(MNIST, mnist),
  cifar10: officialData(CIFAR10, cifar10),
  table: tableData,
  csv: csvData,
  blobs: blobsData,
};

/** Returns whether there is a data source of a kind. */
export function isKind(kind: string): kind is DataSpec["kind"] {
  return Object.hasOwn(SOURCES, kind);
}

/** Returns the data source of a spec. */
export function sourceOf<S extends DataSpec>({ kind }: Pick<S, "kind">): DataSource<S> {
  // A spec and the source of its kind fit by the type of the table.
  return SOURCES[kind] as unknown as DataSource<S>;
}
