/** A function in machine code: `code(memory, arguments)`, two addresses. It must return 0 in eax. */
export type NativeFunction = (memory: Uint8Array, args: Uint8Array) => void;

/** Memory that code is put into. */
export interface CodeMemory {
  /** Puts code where it is executable and no longer writable; null where there is no room left. */
  install(code: Uint8Array): NativeFunction | null;
}

interface System {
  readonly library: string;
  readonly anonymous: number;
}

const SYSTEMS: Partial<Record<string, System>> = {
  linux: { library: "libc.so.6", anonymous: 0x20 },
  darwin: { library: "libSystem.dylib", anonymous: 0x1000 },
};

const PRIVATE = 0x02;
const NO_ACCESS = 0;
const READ_WRITE = 3;
const READ_EXECUTE = 5;
const PAGE = 4096;
/** Room for the code of a thousand shapes. */
const SIZE = 16 << 20;

/**
 * Reserves memory for machine code, between two pages that nobody may touch; null where this process may not, or the
 * system or processor is another.
 *
 * All that needs the permission `ffi` happens here. Code of later shapes and calls go through functions of the system
 * that were looked up before, so that a worker can give the permission up: `bsearch` calls what it is given once, with
 * two addresses, when there is one element to look at.
 */
export function reserveCodeMemory(): CodeMemory | null {
  // Another engine has no Deno, and no way to machine code.
  if (typeof Deno === "undefined" || Deno.build.arch !== "x86_64" || !mayLoad()) return null;
  const system = SYSTEMS[Deno.build.os];
  if (system === undefined) return null;
  try {
    const { symbols } = Deno.dlopen(system.library, SYMBOLS);
    const flags = PRIVATE | system.anonymous;
    const start = symbols.mmap(0n, BigInt(SIZE + 2 * PAGE), NO_ACCESS, flags, -1, 0n);
    const arena = start + BigInt(PAGE);
    if (start === MAP_FAILED || symbols.mprotect(arena, BigInt(SIZE), READ_WRITE) !== 0) return null;
    const bytes = new Uint8Array(
      Deno.UnsafePointerView.getArrayBuffer(Deno.UnsafePointer.create(arena)!, SIZE),
    );
    let used = 0;
    return {
      install(code) {
        const room = Math.ceil(code.length / PAGE) * PAGE;
        if (used + room > SIZE) return null;
        const address = arena + BigInt(used);
        bytes.set(code, used);
        used += room;
        if (symbols.mprotect(address, BigInt(room), READ_EXECUTE) !== 0) return null;
        return (memory, args) => void symbols.bsearch(memory, args, 1n, 8n, address);
      },
    };
  } catch {
    // The system has another library, or forbids code that was made.
    return null;
  }
}

const SYMBOLS = {
  mmap: { parameters: ["usize", "usize", "i32", "i32", "i32", "i64"], result: "usize" },
  mprotect: { parameters: ["usize", "usize", "i32"], result: "i32" },
  bsearch: { parameters: ["buffer", "buffer", "usize", "usize", "usize"], result: "usize" },
} as const satisfies Deno.ForeignLibraryInterface;

const MAP_FAILED = 0xffffffffffffffffn;

function mayLoad(): boolean {
  return Deno.permissions.querySync({ name: "ffi" }).state === "granted";
}
