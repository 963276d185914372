import type { onnxProto } from "./onnx_proto.ts";

/** The protocol's own numbers: `onnx.TensorProto.DataType`. */
export const DATA_TYPES = { float32: 1, int64: 7, string: 8, bool: 9, float64: 11 } as const;

/** The protocol's own numbers: `onnx.AttributeProto.AttributeType`. */
export const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3 } as const;

/** Attributes of an operation: whole numbers and texts. */
export type Attributes = Readonly<Record<string, number | string>>;

/** A graph that grows by one operation at a time; its values are known by their names. */
export class OnnxGraph {
  readonly nodes: onnxProto.onnx.INodeProto[] = [];
  readonly tensors: onnxProto.onnx.ITensorProto[] = [];
  readonly #taken: Set<string>;
  readonly #constants = new Map<string, string>();

  /** @param taken Names that no value of the graph may have. */
  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  /** Returns a name, with as many underscores at its end as make it another than those taken. */
  nameApart(name: string): string {
    return this.#taken.has(name) ? this.nameApart(`${name}_`) : name;
  }

  /** Adds an operation on values, and returns the name of its output. */
  add(opType: string, input: readonly string[], attributes: Attributes = {}): string {
    return this.addMany(opType, input, { attributes, outputs: 1 })[0];
  }

  /** Adds an operation with several outputs, and returns their names. */
  addMany(
    opType: string,
    input: readonly string[],
    { attributes, outputs }: { readonly attributes: Attributes; readonly outputs: number },
  ): readonly string[] {
    const name = this.nameApart(`prepared${this.nodes.length + 1}`);
    const output = Array.from(
      { length: outputs },
      (_, index) => index === 0 ? name : this.nameApart(`${name}_${index}`),
    );
    const attribute = Object.entries(attributes).map(([name, value]) =>
      typeof value === "number"
        ? { name, type: ATTRIBUTE_TYPES.int, i: value }
        : { name, type: ATTRIBUTE_TYPES.string, s: new TextEncoder().encode(value) }
    );
    this.nodes.push({ opType, name, input: [...input], output, attribute });
    return output;
  }

  /** Joins texts, each a value or one that does not change. */
  join(...parts: readonly (string | { readonly constant: string })[]): string {
    const [first, ...others] = parts.map((part) =>
      typeof part === "string" ? part : this.texts([part.constant])
    );
    return others.reduce((left, right) => this.add("StringConcat", [left, right]), first);
  }

  /** Returns the name of numbers that do not change: a row, or a column. */
  doubles(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(`${values.map((value) => Object.is(value, -0) ? "-0" : value)}/${shape}`, {
      dims: [...shape],
      dataType: DATA_TYPES.float64,
      rawData: new Uint8Array(Float64Array.from(values).buffer),
    });
  }

  /** Returns the name of whole numbers that do not change: a row, or with an empty shape one number. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(`integers ${values}/${shape}`, {
      dims: [...shape],
      dataType: DATA_TYPES.int64,
      rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
    });
  }

  /** Returns the name of texts that do not change, `[texts]`. */
  texts(values: readonly string[]): string {
    return this.#constant(`texts ${JSON.stringify(values)}`, {
      dims: [values.length],
      dataType: DATA_TYPES.string,
      stringData: values.map((value) => new TextEncoder().encode(value)),
    });
  }

  #constant(key: string, tensor: onnxProto.onnx.ITensorProto): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.nameApart(`constant${this.#constants.size + 1}`);
    this.#constants.set(key, name);
    this.tensors.push({ name, ...tensor });
    return name;
  }
}
