/** A type, as `deno doc --json` has it. */
export interface TypeNode {
  readonly kind: string;
  // What is in it depends on the kind.
  // deno-lint-ignore no-explicit-any
  readonly value: any;
  readonly repr?: string;
}

/** A parameter of a function. */
export interface Param {
  readonly kind: string;
  readonly name?: string;
  readonly optional?: boolean;
  readonly tsType?: TypeNode;
  /** What a parameter with a default is without it. */
  readonly left?: Param;
  /** What a rest parameter takes. */
  readonly arg?: Param;
}

/** A parameter of a type. */
export interface TypeParam {
  readonly name: string;
  readonly constraint?: TypeNode;
  readonly default?: TypeNode;
}

/** A field or a method of an interface, a class or a type. */
export interface Member {
  readonly name: string;
  readonly kind?: string;
  readonly readonly?: boolean;
  readonly optional?: boolean;
  readonly isStatic?: boolean;
  readonly tsType?: TypeNode;
  readonly params?: readonly Param[];
  readonly returnType?: TypeNode;
  readonly typeParams?: readonly TypeParam[];
  readonly functionDef?: Omit<Member, "name">;
  readonly jsDoc?: { readonly tags?: readonly { readonly kind: string }[] };
}

/**
 * Returns a type as TypeScript has it, on one line.
 *
 * @throws {TypeError} If it is of a kind that this does not know: no change may pass unseen.
 */
export function typeText(node: TypeNode | undefined): string {
  if (node === undefined) return "unknown";
  const { kind, value } = node;
  const write = WRITERS[kind];
  if (write === undefined) throw new TypeError(`Cannot write a type: its kind must be known, found ${kind}`);
  return write(value, node);
}

const WRITERS: Readonly<Record<string, (value: TypeNode["value"], node: TypeNode) => string>> = {
  keyword: (value) => value,
  literal: ({ kind, string }, { repr }) => kind === "string" ? JSON.stringify(string) : `${repr}`,
  typeRef: ({ typeName, typeParams }) =>
    typeName + (typeParams === undefined || typeParams === null ? "" : `<${typeTexts(typeParams)}>`),
  union: (value) => value.map(typeText).join(" | "),
  intersection: (value) => value.map(typeText).join(" & "),
  array: (value) => `${typeText(value)}[]`,
  tuple: (value) => `[${typeTexts(value)}]`,
  parenthesized: (value) => `(${typeText(value)})`,
  typeOperator: ({ operator, tsType }) => `${operator} ${typeText(tsType)}`,
  indexedAccess: ({ objType, indexType }) => `${typeText(objType)}[${typeText(indexType)}]`,
  fnOrConstructor: ({ constructor, params, tsType, typeParams }) =>
    `${constructor ? "new " : ""}${typeParamsText(typeParams)}(${paramsText(params)}) => ${typeText(tsType)}`,
  typeLiteral: ({ properties = [], methods = [] }) =>
    `{ ${[...properties, ...methods].map((member) => `${memberText(member)};`).join(" ")} }`,
  conditional: ({ checkType, extendsType, trueType, falseType }) =>
    `${typeText(checkType)} extends ${typeText(extendsType)} ? ${typeText(trueType)} : ${
      typeText(falseType)
    }`,
  rest: (value) => `...${typeText(value)}`,
  infer: ({ typeParam: { name } }) => `infer ${name}`,
  mapped: ({ readonly, optional, typeParam: { name, constraint }, tsType }) =>
    `{ ${readonly ? "readonly " : ""}[${name} in ${typeText(constraint)}]${optional ? "?" : ""}: ${
      typeText(tsType)
    } }`,
};

function typeTexts(nodes: readonly TypeNode[]): string {
  return nodes.map(typeText).join(", ");
}

/** Returns the parameters of a type, in angle brackets; "" if there are none. */
export function typeParamsText(params: readonly TypeParam[] = []): string {
  if (params.length === 0) return "";
  const texts = params.map(({ name, constraint, default: otherwise }) =>
    name + (constraint === undefined ? "" : ` extends ${typeText(constraint)}`) +
    (otherwise === undefined ? "" : ` = ${typeText(otherwise)}`)
  );
  return `<${texts.join(", ")}>`;
}

/** Returns the parameters of a function; one that is taken apart is called `_`. */
export function paramsText(params: readonly Param[] = []): string {
  return params.map((param) => {
    const { left, arg } = param;
    const { name = "_", tsType, optional } = left ?? arg ?? param;
    const isOptional = left !== undefined || optional === true;
    return `${arg === undefined ? "" : "..."}${name}${isOptional ? "?" : ""}: ${
      typeText(tsType ?? param.tsType)
    }`;
  }).join(", ");
}

/** Returns a field or a method, without a semicolon. */
export function memberText(member: Member): string {
  const { name, kind, readonly, optional, isStatic, tsType, functionDef } = member;
  const head = `${isStatic ? "static " : ""}${readonly ? "readonly " : ""}${
    kind === "getter" ? "get " : kind === "setter" ? "set " : ""
  }${name}${optional ? "?" : ""}`;
  const { params, returnType, typeParams } = functionDef ?? member;
  if (params === undefined) return `${head}: ${typeText(tsType)}`;
  return `${head}${typeParamsText(typeParams)}(${paramsText(params)})${
    name === "constructor" ? "" : `: ${typeText(returnType)}`
  }`;
}
