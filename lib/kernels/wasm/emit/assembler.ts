import { type Code, unsigned } from "./code.ts";
import type { Local, ValueType } from "./instructions.ts";

/** A function under construction. */
export interface FunctionBuilder {
  /** The parameters, in order. */
  readonly params: readonly Local[];
  /** Adds a local variable, zero at the start. */
  local(type: ValueType): Local;
}

/** What a function takes and gives. */
export interface Signature {
  readonly params?: readonly ValueType[];
  readonly results?: readonly ValueType[];
}

/** A module under construction; it imports its memory as `env.memory`. */
export interface ModuleBuilder {
  /**
   * Adds a function and returns its index, for {@link call}. It is exported under `name` if that is given.
   */
  add(signature: Signature & { readonly name?: string }, body: (f: FunctionBuilder) => Code): number;
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
  return {
    add({ params = [], results = [], name }, body) {
      const key = `${params}>${results}`;
      if (!typeIndex.has(key)) {
        typeIndex.set(key, types.length);
        types.push([0x60, vector(params), vector(results)]);
      }
      const index = functions.length;
      functions.push(typeIndex.get(key)!);
      if (name !== undefined) exported.push([text(name), 0x00, unsigned(index)]);
      // A body may add functions that it calls; its own place is taken already.
      bodies[index] = functionBody(params, body);
      return index;
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
      return flatten([header, sections]);
    },
  };
}

/** Flattens code to bytes. */
function flatten(code: Code): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(countBytes(code));
  let at = 0;
  const write = (part: Code) => {
    for (const item of part) {
      if (typeof item === "number") bytes[at++] = item;
      else write(item);
    }
  };
  write(code);
  return bytes;
}

function countBytes(code: Code): number {
  let count = 0;
  for (const item of code) count += typeof item === "number" ? 1 : countBytes(item);
  return count;
}

function functionBody(params: readonly ValueType[], body: (f: FunctionBuilder) => Code): Code {
  const locals: ValueType[] = [];
  const local = (index: number): Local => ({
    get: [0x20, unsigned(index)],
    set: [0x21, unsigned(index)],
    tee: [0x22, unsigned(index)],
  });
  const code = body({
    params: params.map((_, index) => local(index)),
    local: (type) => local(params.length + locals.push(type) - 1),
  });
  const content = [vector(locals.map((type) => [0x01, type])), code, 0x0b];
  return [unsigned(countBytes(content)), content];
}

function section(id: number, content: Code): Code {
  return [id, unsigned(countBytes(content)), content];
}

function vector(items: Code): Code {
  return [unsigned(items.length), items];
}

function text(value: string): Code {
  return vector([...new TextEncoder().encode(value)]);
}
