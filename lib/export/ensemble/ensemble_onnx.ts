import { ATTRIBUTE_TYPES, DATA_TYPES, OnnxGraph } from "../onnx/onnx_graph.ts";
import type { onnxProto } from "../onnx/onnx_proto.ts";
import { addPreparedNet, columnInputs, encodeOnnx, plainInput } from "../onnx_model.ts";
import { type Naming, netNodes, netTensors, outputOfFacts, rowsInfo } from "../onnx_net.ts";
import type { TrainedModel } from "../trained_model.ts";
import { allTexts, type EnsembleModel, netName } from "./ensemble_model.ts";

/**
 * Returns an ensemble as one ONNX file, from what each of its nets takes to `probabilities`, `[batch, numClasses]` of double:
 * the means of the softmax of their scores, added in the order of the nets; of several labels the means of their sigmoid
 * probabilities, and of numbers `predictions`, the means of theirs.
 *
 * The tensors of a net have its name before theirs, such as `repeat0/W1`, and each net subtracts its own mean and prepares the
 * columns of a table in its own way. The probabilities of a row that Seedbed would refuse are NaN.
 */
export async function ensembleToOnnx(model: EnsembleModel): Promise<Uint8Array> {
  const { nets: [{ facts: { preparation } }] } = model;
  const graph = graphOf(model);
  return await encodeOnnx(graph, { isPrepared: preparation !== undefined, metadata: allTexts(model) });
}

function graphOf({ facts, nets }: EnsembleModel): onnxProto.onnx.IGraphProto {
  const [first] = nets;
  const { preparation } = first.facts;
  const columns = preparation?.columns ?? [];
  const graph = new OnnxGraph(columns.map(({ name }) => name));
  const places = nets.map((net): NetOfGraph => {
    const prefix = `${netName(net.facts)}/`;
    return { net, prefix, nameOf: (name) => graph.nameApart(prefix + name) };
  });
  const chains = places.map((place) => netChain(graph, place));
  const { nodes, tensors, output } = meanNodes(places, (name) => graph.nameApart(name));
  return {
    name: facts.experiment,
    node: [...graph.nodes, ...chains.flat(), ...nodes],
    initializer: [
      ...graph.tensors,
      ...places.flatMap(({ net, nameOf }) => netTensors(net, nameOf)),
      ...tensors,
    ],
    input: preparation === undefined ? [plainInput(first)] : columnInputs(columns),
    output: [rowsInfo(output, { elemType: DATA_TYPES.float64, cols: outputOfFacts(first.facts).cols })],
  };
}

/** A net of the graph, and the names of what is its own. */
interface NetOfGraph {
  readonly net: TrainedModel;
  readonly prefix: string;
  readonly nameOf: Naming;
}

function netChain(graph: OnnxGraph, { net, prefix, nameOf }: NetOfGraph): onnxProto.onnx.INodeProto[] {
  const { preparation } = net.facts;
  const to = nameOf(outputOfFacts(net.facts).name);
  return preparation === undefined
    ? netNodes(net, { from: "x", to, nameOf, prefix })
    : addPreparedNet(graph, net, { ...preparation, to, prefix });
}

interface MeanOfNets {
  readonly nodes: readonly onnxProto.onnx.INodeProto[];
  readonly tensors: readonly onnxProto.onnx.ITensorProto[];
  /** The name of the means. */
  readonly output: string;
}

/** Returns what each net predicts in double, of classes the softmax of its scores, and the means. */
function meanNodes(places: readonly NetOfGraph[], nameOf: Naming): MeanOfNets {
  const node = (
    opType: string,
    input: readonly string[],
    more: Partial<onnxProto.onnx.INodeProto> & {
      readonly name: string;
    },
  ) => ({ opType, input: [...input], output: [more.name], ...more });
  const { name } = outputOfFacts(places[0].net.facts);
  const predicted = name === "predictions" ? name : "probabilities";
  const wideName = `wide${name[0].toUpperCase()}${name.slice(1)}`;
  const wide = places.flatMap((place) => {
    const to = [{ name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES.float64 }];
    const cast = node("Cast", [place.nameOf(name)], { name: place.nameOf(wideName), attribute: to });
    if (name !== "scores") return [cast];
    const attribute = [{ name: "axis", type: ATTRIBUTE_TYPES.int, i: -1 }];
    return [cast, node("Softmax", [cast.name], { name: place.nameOf(predicted), attribute })];
  });
  const [first, ...others] = places.map((place) => place.nameOf(name === "scores" ? predicted : wideName));
  const sums = others.map((_, index) => nameOf(`sum${index + 2}`));
  const adds = others.map((other, index) =>
    node("Add", [sums[index - 1] ?? first, other], { name: sums[index] })
  );
  const [count, output] = [nameOf("nets"), nameOf(predicted)];
  return {
    nodes: [...wide, ...adds, node("Div", [sums.at(-1)!, count], { name: output })],
    tensors: [{
      name: count,
      dims: [],
      dataType: DATA_TYPES.float64,
      rawData: new Uint8Array(Float64Array.of(places.length).buffer),
    }],
    output,
  };
}
