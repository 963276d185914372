import { assertEquals } from "@std/assert";
import { createAssembler } from "../../../../lib/kernels/native/emit/assembler.ts";
import { createVectors, type Vectors } from "../../../../lib/kernels/native/emit/vectors.ts";
import { hex } from "./hex.ts";

const WIDE: readonly (readonly [instruction: string, bytes: string, emit: (vectors: Vectors) => void])[] = [
  ["vpxord zmm29,zmm29,zmm29", "62 01 15 40 ef ed", (v) => v.zero(29)],
  ["vmovups zmm29,[r9+0x40]", "62 41 7c 48 10 a9 40 00 00 00", (v) => v.load(29, { base: "r9", offset: 64 })],
  [
    "vmovups zmm2,[r12+0x40]",
    "62 d1 7c 48 10 94 24 40 00 00 00",
    (v) => v.load(2, { base: "r12", offset: 64 }),
  ],
  [
    "vmovups [r10+0x80],zmm29",
    "62 41 7c 48 11 aa 80 00 00 00",
    (v) => v.store({ base: "r10", offset: 128 }, 29),
  ],
  [
    "vbroadcastss zmm29,[r8+4]",
    "62 42 7d 48 18 a8 04 00 00 00",
    (v) => v.broadcast(29, { base: "r8", offset: 4 }),
  ],
  ["vfmadd231ps zmm3,zmm29,zmm26", "62 92 15 40 b8 da", (v) => v.multiplyAdd(3, [29, 26], { spare: 31 })],
  [
    "vfmadd231ps xmm3,xmm29,xmm26",
    "62 92 15 00 b8 da",
    (v) => v.multiplyAdd(3, [29, 26], { spare: 31, length: "quad" }),
  ],
  [
    "vfmadd231ps ymm3,ymm29,ymm26",
    "62 92 15 20 b8 da",
    (v) => v.multiplyAdd(3, [29, 26], { spare: 31, length: "half" }),
  ],
  ["vfmadd231ps zmm23,zmm7,zmm5", "62 e2 45 48 b8 fd", (v) => v.multiplyAdd(23, [7, 5], { spare: 31 })],
  ["vaddps zmm1,zmm2,zmm29", "62 91 6c 48 58 cd", (v) => v.add(1, 2, 29)],
  [
    "vaddps zmm1,zmm2,[r11+0x40]",
    "62 d1 6c 48 58 8b 40 00 00 00",
    (v) => v.add(1, 2, { base: "r11", offset: 64 }),
  ],
  ["vsubps zmm1,zmm2,zmm29", "62 91 6c 48 5c cd", (v) => v.subtract(1, 2, 29)],
  ["vdivps zmm1,zmm2,zmm29", "62 91 6c 48 5e cd", (v) => v.divide(1, 2, 29)],
  ["vmulps zmm1,zmm2,zmm29", "62 91 6c 48 59 cd", (v) => v.multiply(1, 2, 29)],
  ["vsqrtps zmm1,zmm29", "62 91 7c 48 51 cd", (v) => v.squareRoot(1, 29)],
  [
    "vpmovzxbd zmm3,[rax+0x10]; vcvtdq2ps zmm3,zmm3",
    "62 f2 7d 48 31 98 10 00 00 00 62 f1 7c 48 5b db",
    (v) => v.loadBytes(3, { base: "rax", offset: 16 }),
  ],
  ["vmaxps zmm29,zmm1,zmm2", "62 61 74 48 5f ea", (v) => v.max(29, 1, 2)],
  [
    "vmovups xmm2,[rbx]; vinsertf32x4 zmm2,zmm2,[rbx+0x10],1",
    "62 f1 7c 08 10 93 00 00 00 00 62 f3 6d 48 18 93 10 00 00 00 01",
    (v) => v.loadParts(2, [{ base: "rbx", offset: 0 }, { base: "rbx", offset: 16 }]),
  ],
  ["vunpcklps zmm4,zmm0,zmm1", "62 f1 7c 48 14 e1", (v) => v.interleave(4, "lower", [0, 1])],
  ["vunpckhps zmm21,zmm0,zmm1", "62 e1 7c 48 15 e9", (v) => v.interleave(21, "upper", [0, 1])],
  ["vunpcklpd zmm0,zmm4,zmm6", "62 f1 dd 48 14 c6", (v) => v.interleavePairs(0, "lower", [4, 6])],
  [
    "mov rax,0xf; kmovw k1,eax",
    "48 c7 c0 0f 00 00 00 c5 f8 92 c8",
    (v) => v.prepareFirst(4, { mask: { base: "rsi", offset: 64 }, spare: 31 }),
  ],
  [
    "vmovups [r10+8]{k1},zmm29",
    "62 41 7c 49 11 aa 08 00 00 00",
    (v) => v.storeFirst({ base: "r10", offset: 8 }, 29),
  ],
];

const NARROW: typeof WIDE = [
  ["vxorps ymm13,ymm13,ymm13", "c4 41 14 57 ed", (v) => v.zero(13)],
  ["vmovups ymm13,[r9+0x40]", "c4 41 7c 10 a9 40 00 00 00", (v) => v.load(13, { base: "r9", offset: 64 })],
  [
    "vmovups [r10+0x80],ymm13",
    "c4 41 7c 11 aa 80 00 00 00",
    (v) => v.store({ base: "r10", offset: 128 }, 13),
  ],
  [
    "vbroadcastss ymm13,[r8+4]",
    "c4 42 7d 18 a8 04 00 00 00",
    (v) => v.broadcast(13, { base: "r8", offset: 4 }),
  ],
  ["vfmadd231ps ymm9,ymm7,ymm5", "c4 62 45 b8 cd", (v) => v.multiplyAdd(9, [7, 5], { spare: 15 })],
  ["vaddps ymm1,ymm2,ymm13", "c4 c1 6c 58 cd", (v) => v.add(1, 2, 13)],
  ["vsubps ymm1,ymm2,ymm13", "c4 c1 6c 5c cd", (v) => v.subtract(1, 2, 13)],
  ["vsqrtps ymm1,ymm13", "c4 c1 7c 51 cd", (v) => v.squareRoot(1, 13)],
  [
    "vpmovzxbd ymm3,[rax+0x10]; vcvtdq2ps ymm3,ymm3",
    "c4 e2 7d 31 98 10 00 00 00 c4 e1 7c 5b db",
    (v) => v.loadBytes(3, { base: "rax", offset: 16 }),
  ],
  ["vmaxps ymm13,ymm1,ymm2", "c4 61 74 5f ea", (v) => v.max(13, 1, 2)],
  [
    "vmovups xmm2,[rbx]; vinsertf128 ymm2,ymm2,[rbx+0x10],1",
    "c4 e1 78 10 93 00 00 00 00 c4 e3 6d 18 93 10 00 00 00 01",
    (v) => v.loadParts(2, [{ base: "rbx", offset: 0 }, { base: "rbx", offset: 16 }]),
  ],
  ["vunpcklps ymm4,ymm0,ymm1", "c4 e1 7c 14 e1", (v) => v.interleave(4, "lower", [0, 1])],
  ["vunpckhpd ymm1,ymm4,ymm6", "c4 e1 5d 15 ce", (v) => v.interleavePairs(1, "upper", [4, 6])],
  [
    "vmovups ymm15,[rsi+0x40]; vmaskmovps [r10+8],ymm15,ymm13",
    "c4 61 7c 10 be 40 00 00 00 c4 42 05 2e aa 08 00 00 00",
    (v) => {
      v.prepareFirst(4, { mask: { base: "rsi", offset: 64 }, spare: 15 });
      v.storeFirst({ base: "r10", offset: 8 }, 13);
    },
  ],
];

/** The same in float64. */
const WIDE_FLOAT64: typeof WIDE = [
  [
    "vmovupd zmm29,[r9+0x40]",
    "62 41 fd 48 10 a9 40 00 00 00",
    (v) => v.load(29, { base: "r9", offset: 64 }),
  ],
  [
    "vbroadcastsd zmm29,[r8+8]",
    "62 42 fd 48 19 a8 08 00 00 00",
    (v) => v.broadcast(29, { base: "r8", offset: 8 }),
  ],
  [
    "vmulpd zmm31,zmm29,zmm26; vaddpd zmm3,zmm3,zmm31",
    "62 01 95 40 59 fa 62 91 e5 48 58 df",
    (v) => v.multiplyAdd(3, [29, 26], { spare: 31 }),
  ],
  ["vdivpd zmm1,zmm2,zmm29", "62 91 ed 48 5e cd", (v) => v.divide(1, 2, 29)],
  ["vsqrtpd zmm1,zmm29", "62 91 fd 48 51 cd", (v) => v.squareRoot(1, 29)],
  [
    "vpmovzxbd ymm3,[rax+0x10]; vcvtdq2pd zmm3,ymm3",
    "62 f2 7d 28 31 98 10 00 00 00 62 f1 7e 48 e6 db",
    (v) => v.loadBytes(3, { base: "rax", offset: 16 }),
  ],
  ["vmaxpd zmm29,zmm1,zmm2", "62 61 f5 48 5f ea", (v) => v.max(29, 1, 2)],
  [
    "vmovupd [r10+8]{k1},zmm29",
    "62 41 fd 49 11 aa 08 00 00 00",
    (v) => v.storeFirst({ base: "r10", offset: 8 }, 29),
  ],
];

const NARROW_FLOAT64: typeof WIDE = [
  ["vmovupd ymm13,[r9+0x40]", "c4 41 7d 10 a9 40 00 00 00", (v) => v.load(13, { base: "r9", offset: 64 })],
  [
    "vbroadcastsd ymm13,[r8+8]",
    "c4 42 7d 19 a8 08 00 00 00",
    (v) => v.broadcast(13, { base: "r8", offset: 8 }),
  ],
  [
    "vmulpd ymm15,ymm7,ymm5; vaddpd ymm9,ymm9,ymm15",
    "c4 61 45 59 fd c4 41 35 58 cf",
    (v) => v.multiplyAdd(9, [7, 5], { spare: 15 }),
  ],
  [
    "vpmovzxbd xmm3,[rax+0x10]; vcvtdq2pd ymm3,xmm3",
    "c4 e2 79 31 98 10 00 00 00 c4 e1 7e e6 db",
    (v) => v.loadBytes(3, { base: "rax", offset: 16 }),
  ],
  ["vmaxpd ymm13,ymm1,ymm2", "c4 61 75 5f ea", (v) => v.max(13, 1, 2)],
  [
    "vmovupd ymm15,[rsi+0x40]; vmaskmovpd [r10+8],ymm15,ymm13",
    "c4 61 7d 10 be 40 00 00 00 c4 42 05 2f aa 08 00 00 00",
    (v) => {
      v.prepareFirst(2, { mask: { base: "rsi", offset: 64 }, spare: 15 });
      v.storeFirst({ base: "r10", offset: 8 }, 13);
    },
  ],
];

const VECTORS = [
  { set: "avx512", dtype: "float32", cases: WIDE },
  { set: "avx2", dtype: "float32", cases: NARROW },
  { set: "avx512", dtype: "float64", cases: WIDE_FLOAT64 },
  { set: "avx2", dtype: "float64", cases: NARROW_FLOAT64 },
] as const;

for (const { set, dtype, cases } of VECTORS) {
  for (const [instruction, bytes, emit] of cases) {
    Deno.test(`createVectors() encodes ${instruction}`, () => {
      const code = createAssembler();
      emit(createVectors(code, { set, dtype }));
      assertEquals(hex(code), bytes);
    });
  }
}
