import { forWindows } from "../emit/windows_call.ts";

/** A function in machine code: `code(memory, arguments)`, two addresses. It must return 0 in eax. */
export type NativeFunction = (memory: Uint8Array, args: Uint8Array) => void;

/** Memory that code is put into. */
export interface CodeMemory {
  /** Puts code where it is executable and no longer writable; null where there is no space left. */
  install(code: Uint8Array): NativeFunction | null;
}

/** What code memory needs of an operating system. */
interface CodeSystem {
  /** Reserves so many bytes, which may not be accessed; returns the address, or null. */
  reserve(byteLength: number): bigint | null;
  /** Makes reserved bytes writable, or executable and not writable; returns whether it did. */
  protect(range: Range, access: "write" | "execute"): boolean;
  /** Calls code once with two addresses. */
  call(code: bigint, memory: Uint8Array, args: Uint8Array): void;
  /** Puts code into the form that the system's calls need. */
  readonly adapt: (code: Uint8Array) => Uint8Array;
}

interface Range {
  readonly address: bigint;
  readonly byteLength: number;
}

const PAGE = 4096;
/** Space for the code of a thousand large shapes; pages that hold none take no memory. */
const SIZE = 64 << 20;

/**
 * Reserves memory for machine code, between two pages that may not be accessed; null where this process has no permission,
 * or system or processor are not supported.
 *
 * All that needs the permission `ffi` happens here. Code of later shapes and calls go through functions of the system
 * that were looked up before, so that a worker can give the permission up: `bsearch` calls a function once, with two
 * addresses, when it searches one element.
 */
export function reserveCodeMemory(): CodeMemory | null {
  // Other engines have no Deno, and cannot run machine code.
  if (typeof Deno === "undefined" || Deno.build.arch !== "x86_64" || !mayLoad()) return null;
  try {
    const system = SYSTEMS[Deno.build.os]?.();
    const start = system?.reserve(SIZE + 2 * PAGE) ?? null;
    if (system === undefined || start === null) return null;
    const arena = start + BigInt(PAGE);
    if (!system.protect({ address: arena, byteLength: SIZE }, "write")) return null;
    const bytes = new Uint8Array(
      Deno.UnsafePointerView.getArrayBuffer(Deno.UnsafePointer.create(arena)!, SIZE),
    );
    let used = 0;
    return {
      install(code) {
        const adapted = system.adapt(code);
        const byteLength = Math.ceil(adapted.length / PAGE) * PAGE;
        if (used + byteLength > SIZE) return null;
        const address = arena + BigInt(used);
        bytes.set(adapted, used);
        used += byteLength;
        if (!system.protect({ address, byteLength }, "execute")) return null;
        return (memory, args) => system.call(address, memory, args);
      },
    };
  } catch {
    // The system lacks the library, or forbids generated code.
    return null;
  }
}

const SYSTEMS: Partial<Record<typeof Deno.build.os, () => CodeSystem>> = {
  linux: () => unixSystem({ library: "libc.so.6", anonymous: 0x20 }),
  darwin: () => unixSystem({ library: "libSystem.dylib", anonymous: 0x1000 }),
  windows: windowsSystem,
};

const BSEARCH = { parameters: ["buffer", "buffer", "usize", "usize", "usize"], result: "usize" } as const;

/** Uses `mmap`; `anonymous` is the flag of memory that belongs to no file. */
function unixSystem(
  { library, anonymous }: { readonly library: string; readonly anonymous: number },
): CodeSystem {
  const { symbols } = Deno.dlopen(library, {
    mmap: { parameters: ["usize", "usize", "i32", "i32", "i32", "i64"], result: "usize" },
    mprotect: { parameters: ["usize", "usize", "i32"], result: "i32" },
    bsearch: BSEARCH,
  });
  const [isPrivate, noAccess, readWrite, readExecute] = [2, 0, 3, 5];
  return {
    reserve(byteLength) {
      const start = symbols.mmap(0n, BigInt(byteLength), noAccess, isPrivate | anonymous, -1, 0n);
      return start === 0xffffffffffffffffn ? null : start;
    },
    protect: ({ address, byteLength }, access) =>
      symbols.mprotect(address, BigInt(byteLength), access === "write" ? readWrite : readExecute) === 0,
    call: (code, memory, args) => void symbols.bsearch(memory, args, 1n, 8n, code),
    adapt: (code) => code,
  };
}

/** Uses `VirtualAlloc`. */
function windowsSystem(): CodeSystem {
  const { symbols } = Deno.dlopen("kernel32.dll", {
    VirtualAlloc: { parameters: ["usize", "usize", "u32", "u32"], result: "usize" },
    VirtualProtect: { parameters: ["usize", "usize", "u32", "buffer"], result: "i32" },
  });
  const { symbols: { bsearch } } = Deno.dlopen("msvcrt.dll", { bsearch: BSEARCH });
  const [commit, reserve, noAccess, readWrite, executeRead] = [0x1000, 0x2000, 1, 4, 0x20];
  const before = new Uint8Array(4);
  return {
    reserve(byteLength) {
      const start = symbols.VirtualAlloc(0n, BigInt(byteLength), reserve, noAccess);
      return start === 0n ? null : start;
    },
    protect: ({ address, byteLength }, access) =>
      access === "write"
        ? symbols.VirtualAlloc(address, BigInt(byteLength), commit, readWrite) === address
        : symbols.VirtualProtect(address, BigInt(byteLength), executeRead, before) !== 0,
    call: (code, memory, args) => void bsearch(memory, args, 1n, 8n, code),
    adapt: forWindows,
  };
}

function mayLoad(): boolean {
  return Deno.permissions.querySync({ name: "ffi" }).state === "granted";
}
