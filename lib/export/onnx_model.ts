import type { Preparation } from "../data/base/preparation.ts";
import { factsToTexts } from "./model_facts.ts";
import { DATA_TYPES, OnnxGraph } from "./onnx/onnx_graph.ts";
import { addPreparation, preparedInputs, sumOf } from "./onnx/onnx_preparation.ts";
import type { onnxProto } from "./onnx/onnx_proto.ts";
import { featureType, type Naming, netNodes, netTensors, outputOfFacts, rowsInfo } from "./onnx_net.ts";
import type { TrainedModel } from "./trained_model.ts";

/** What a model needs of ONNX; one with a preparation also needs operations on texts. */
const PLAIN = { opset: 17, irVersion: 8 };
const PREPARED = { opset: 20, irVersion: 9 };

/**
 * Returns a model as an ONNX file, from raw features `x`, `[batch, inputDim]` of float32, to `scores`, `[batch,
 * numClasses]`; of several labels to `probabilities`, and of numbers to `predictions` in their own units, in double. It
 * computes as at test time: it subtracts the mean, batch normalization uses its running averages, and there is no
 * dropout.
 *
 * A float64 net computes in double, and its scores are double. Its `x` is float32 too, unless its data set was
 * declared as float64. The model's metadata has the facts. The same model gives the same bytes.
 *
 * A model of a table has an input for each raw column, `[batch, 1]`, and the graph prepares them; the scores of a row that
 * Seedbed would refuse are NaN.
 */
export async function modelToOnnx(model: TrainedModel): Promise<Uint8Array> {
  const { facts } = model;
  const { preparation } = facts;
  const graph = preparation === undefined ? plainGraph(model) : preparedGraph(model, preparation);
  return await encodeOnnx(graph, { isPrepared: preparation !== undefined, metadata: factsToTexts(facts) });
}

/** What a file has besides its graph. */
interface OnnxFile {
  /** Whether the graph prepares columns. */
  readonly isPrepared: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Returns a graph as an ONNX file. */
export async function encodeOnnx(
  graph: onnxProto.onnx.IGraphProto,
  { isPrepared, metadata }: OnnxFile,
): Promise<Uint8Array> {
  // With a literal path, Deno would fetch the package before any export needs it.
  const { href } = new URL("./onnx/onnx_proto.ts", import.meta.url);
  const { onnxProto: { onnx } } = await import(href) as typeof import("./onnx/onnx_proto.ts");
  const { opset, irVersion } = isPrepared ? PREPARED : PLAIN;
  return onnx.ModelProto.encode({
    irVersion,
    opsetImport: [{ domain: "", version: opset }],
    producerName: "seedbed",
    graph,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }).finish();
}

function plainGraph(model: TrainedModel): onnxProto.onnx.IGraphProto {
  const { facts } = model;
  const nameOf: Naming = (name) => name;
  const output = outputOfFacts(facts);
  return {
    name: facts.experiment,
    node: netNodes(model, { from: "x", to: output.name, nameOf }),
    initializer: netTensors(model, nameOf),
    input: [plainInput(model)],
    output: [rowsInfo(output.name, output)],
  };
}

/** Returns the input of a graph without a preparation: raw features. */
export function plainInput({ facts }: TrainedModel): onnxProto.onnx.IValueInfoProto {
  return rowsInfo("x", { elemType: DATA_TYPES[featureType(facts)], cols: facts.inputDim });
}

/** A column may have the name of a tensor, a value or the scores: those get another one then. */
function preparedGraph(model: TrainedModel, { columns }: Preparation): onnxProto.onnx.IGraphProto {
  const { facts } = model;
  const graph = new OnnxGraph(columns.map(({ name }) => name));
  const output = outputOfFacts(facts);
  const to = graph.nameApart(output.name);
  const nodes = addPreparedNet(graph, model, { columns, to });
  return {
    name: facts.experiment,
    node: [...graph.nodes, ...nodes],
    initializer: [...graph.tensors, ...netTensors(model, (name) => graph.nameApart(name))],
    input: columnInputs(columns),
    output: [rowsInfo(to, output)],
  };
}

/** A net behind a preparation. */
interface PreparedNet extends Preparation {
  /** The name of what it gives. */
  readonly to: string;
  /** Precedes the names of its tensors, values and operations. Default: nothing. */
  readonly prefix?: string;
}

/** Adds the preparation of a net to a graph, and returns the operations of the net, which follow those of the graph. */
export function addPreparedNet(
  graph: OnnxGraph,
  model: TrainedModel,
  { columns, to, prefix = "" }: PreparedNet,
): onnxProto.onnx.INodeProto[] {
  const { data } = model.facts;
  const markers = data.kind === "table" ? data.missing?.markers ?? [] : [];
  const features = graph.add("Cast", [addPreparation(graph, columns, { markers })], {
    to: DATA_TYPES[featureType(model.facts)],
  });
  // Without this, a rectifier would hide that a feature is NaN or infinite.
  const zeros = graph.add("Sub", [features, features]);
  const check = graph.add("Cast", [sumOf(graph, zeros)], { to: outputOfFacts(model.facts).elemType });
  const nameOf: Naming = (name) => graph.nameApart(prefix + name);
  const plain = nameOf("plainScores");
  return [
    ...netNodes(model, { from: features, to: plain, nameOf, prefix }),
    { opType: "Add", name: to, input: [plain, check], output: [to] },
  ];
}

/** Returns the inputs of a graph with a preparation: a raw column each. */
export function columnInputs(columns: Preparation["columns"]): onnxProto.onnx.IValueInfoProto[] {
  return preparedInputs(columns).map(({ name, elemType }) => rowsInfo(name, { elemType, cols: 1 }));
}
