import { assertEquals } from "@std/assert";
import { createAssembler } from "../../../../lib/kernels/native/emit/assembler.ts";
import { type CodeMemory, reserveCodeMemory } from "../../../../lib/kernels/native/memory/code_memory.ts";

/** Code that writes where it stands. */
function whereCode(): Uint8Array {
  const code = createAssembler();
  // lea rax, [rip - 7], which is the address of this instruction
  code.raw(0x48, 0x8d, 0x05);
  code.constant(-7);
  code.store({ base: "rdi", offset: 0 }, "rax");
  code.moveConstant("rax", 0);
  code.return();
  return code.bytes();
}

/** Installs code and returns where it stands. */
function installedAt(memory: CodeMemory): number {
  const found = new BigUint64Array(1);
  memory.install(whereCode())!(new Uint8Array(found.buffer), new Uint8Array(8));
  return Number(found[0]);
}

interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly access: string;
}

function mappings(): readonly Mapping[] {
  const lines = Deno.readTextFileSync("/proc/self/maps").trim().split("\n");
  return lines.map((line) => {
    const [, start, end, access] = /^(\w+)-(\w+) (\S+)/.exec(line)!;
    return { start: parseInt(start, 16), end: parseInt(end, 16), access };
  });
}

const memory = reserveCodeMemory();
if (memory !== null && Deno.build.os === "linux") {
  Deno.test("reserveCodeMemory() gives code that is never writable, room that is never executable, and guards around both", () => {
    const [first, second] = [installedAt(memory), installedAt(memory)];
    const all = mappings();
    const at = all.findIndex(({ start, end }) => start <= first && second < end);
    assertEquals(all.slice(at - 1, at + 3).map(({ access }) => access), ["---p", "r-xp", "rw-p", "---p"]);
    const [before, code, room, after] = all.slice(at - 1, at + 3);
    assertEquals([before.end, code.end, room.end], [code.start, room.start, after.start]);
    assertEquals([before, after].map(({ start, end }) => end - start >= 4096), [true, true]);
    assertEquals([first - code.start, second - code.start, code.end - code.start], [0, 4096, 8192]);
  });

  Deno.test("CodeMemory.install() returns null when there is no room left, and what was installed before still runs", () => {
    const code = new Uint8Array(33 << 20);
    code.set(whereCode());
    const found = new BigUint64Array(1);
    const run = memory.install(code)!;
    assertEquals(memory.install(code), null);
    run(new Uint8Array(found.buffer), new Uint8Array(8));
    assertEquals(found[0] > 0n, true);
  });
}
