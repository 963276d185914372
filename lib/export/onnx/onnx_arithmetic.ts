import { DATA_TYPES, type OnnxGraph } from "./onnx_graph.ts";

/** A value of a graph by its name, or a number that does not change. */
export type Term = string | number;

/** Arithmetic in double on columns of a graph, `[batch, 1]`. */
export interface Arithmetic {
  readonly add: (left: Term, right: Term) => string;
  readonly subtract: (left: Term, right: Term) => string;
  readonly multiply: (left: Term, right: Term) => string;
  readonly divide: (left: Term, right: Term) => string;
  readonly floor: (term: string) => string;
  /** The floor of a quotient. */
  readonly whole: (left: Term, right: Term) => string;
  /** Truth values. */
  readonly equal: (left: Term, right: Term) => string;
  readonly atMost: (left: Term, right: Term) => string;
  /** The second term where a truth value holds, else the third. */
  readonly where: (condition: string, yes: Term, no: Term) => string;
  /** 1 where a truth value holds, else 0. */
  readonly toNumber: (condition: string) => string;
}

/** Returns the arithmetic of a graph; each call adds operations. */
export function arithmeticOf(graph: OnnxGraph): Arithmetic {
  const nameOf = (term: Term) => typeof term === "number" ? graph.doubles([term]) : term;
  const binary = (opType: string) => (left: Term, right: Term) =>
    graph.add(opType, [nameOf(left), nameOf(right)]);
  const divide = binary("Div");
  const floor = (term: string) => graph.add("Floor", [term]);
  return {
    add: binary("Add"),
    subtract: binary("Sub"),
    multiply: binary("Mul"),
    divide,
    floor,
    whole: (left, right) => floor(divide(left, right)),
    equal: binary("Equal"),
    atMost: binary("LessOrEqual"),
    where: (condition, yes, no) => graph.add("Where", [condition, nameOf(yes), nameOf(no)]),
    toNumber: (condition) => graph.add("Cast", [condition], { to: DATA_TYPES.float64 }),
  };
}
