import { type Code, unsigned } from "./code.ts";
import { type Local, localAt, type Value, type ValueType } from "./expression.ts";

/** Types of parameters or locals, by their names. */
export type Types = Readonly<Record<string, ValueType>>;

/** Parameters or locals, by their names. */
export type Locals<T extends Types> = { readonly [Name in keyof T]: Local<T[Name]> };

/** What a function is called with, by the names of its parameters. */
export type Arguments<T extends Types> = { readonly [Name in keyof T]: Value<T[Name]> };

/** A function under construction. */
export interface FunctionBuilder {
  /** Adds a local variable, zero at the start. */
  local<T extends ValueType>(type: T): Local<T>;
  /** Adds a local variable for each name. */
  locals<const T extends Types>(types: T): Locals<T>;
  /** Adds some local variables of one type. */
  list<T extends ValueType>(length: number, type: T): readonly Local<T>[];
}

/** What a function takes; it is exported under `name` if that is given. */
export interface Signature<P extends Types> {
  readonly name?: string;
  /** In the order in which JavaScript hands them over. */
  readonly params: P;
}

/** A module under construction; it imports its memory as `env.memory`. */
export interface ModuleBuilder {
  /** Adds a function without a result, and returns what calls it. */
  procedure<const P extends Types>(
    signature: Signature<P>,
    body: (params: Locals<P>, f: FunctionBuilder) => Code,
  ): (args: Arguments<P>) => Code;
  /** Adds a function with a result, and returns what calls it. */
  function<const P extends Types, R extends ValueType>(
    signature: Signature<P> & { readonly result: R },
    body: (params: Locals<P>, f: FunctionBuilder) => Value<R>,
  ): (args: Arguments<P>) => Value<R>;
  /** Returns the module's binary. */
  build(options: { readonly minPages: number }): Uint8Array<ArrayBuffer>;
}

/** Starts a module. */
export function createModule(): ModuleBuilder {
  const types: Code[] = [];
  const functions: number[] = [];
  const exported: Code[] = [];
  const bodies: Code[] = [];
  const typeIndex = new Map<string, number>();
  const add = <P extends Types>(
    { name, params, results }: Signature<P> & { readonly results: readonly ValueType[] },
    body: (params: Locals<P>, f: FunctionBuilder) => Code,
  ) => {
    const taken = Object.values(params);
    const key = `${taken}>${results}`;
    if (!typeIndex.has(key)) {
      typeIndex.set(key, types.length);
      types.push([0x60, vector(taken), vector(results)]);
    }
    const index = functions.length;
    functions.push(typeIndex.get(key)!);
    if (name !== undefined) exported.push([text(name), 0x00, unsigned(index)]);
    // A body may add functions that it calls; its own place is taken already.
    bodies[index] = functionBody(params, body);
    return (args: Arguments<P>): Code => [
      Object.keys(params).map((param) => args[param].code),
      [0x10, unsigned(index)],
    ];
  };
  return {
    procedure: ({ name, params }, body) => add({ name, params, results: [] }, body),
    function({ name, params, result }, body) {
      const call = add({ name, params, results: [result] }, (locals, f) => body(locals, f).code);
      return (args) => ({ type: result, code: call(args) });
    },
    build({ minPages }) {
      // The limit of 65,536 pages says that the memory may grow to all that 32 bits address.
      const memory = [text("env"), text("memory"), 0x02, 0x01, unsigned(minPages), unsigned(65536)];
      const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
      const sections: Code = [
        section(1, vector(types)),
        section(2, vector([memory])),
        section(3, vector(functions.map(unsigned))),
        section(7, vector(exported)),
        section(10, vector(bodies)),
      ];
      return Uint8Array.from(flatten([header, sections]));
    },
  };
}

/** Returns the bytes of nested code. */
function flatten(code: Code): readonly number[] {
  const bytes: number[] = [];
  const append = (part: Code) => {
    for (const item of part) {
      if (typeof item === "number") bytes.push(item);
      else append(item);
    }
  };
  append(code);
  return bytes;
}

/** Returns code behind the number of its bytes. */
function sized(code: Code): Code {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
}

function functionBody<P extends Types>(
  params: P,
  body: (params: Locals<P>, f: FunctionBuilder) => Code,
): Code {
  const added: ValueType[] = [];
  const count = Object.keys(params).length;
  const local = <T extends ValueType>(type: T) => localAt(count + added.push(type) - 1, type);
  const code = body(named(params, (type, index) => localAt(index, type)), {
    local,
    locals: (types) => named(types, local),
    list: (length, type) => Array.from({ length }, () => local(type)),
  });
  return sized([vector(added.map((type) => [0x01, type])), code, 0x0b]);
}

/** Makes a local of each type, in order. */
function named<T extends Types>(
  types: T,
  make: (type: ValueType, index: number) => Local<ValueType>,
): Locals<T> {
  const entries = Object.entries(types).map(([name, type], index) => [name, make(type, index)]);
  return Object.fromEntries(entries) as Locals<T>;
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function vector(items: Code): Code {
  return [unsigned(items.length), items];
}

function text(value: string): Code {
  return vector([...new TextEncoder().encode(value)]);
}
