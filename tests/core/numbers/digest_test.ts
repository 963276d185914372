import { assertEquals, assertThrows } from "@std/assert";
import { canonicalJson, digestJson, sha256Hex } from "../../../lib/core/numbers/digest.ts";

Deno.test("sha256Hex() gives the published digest of abc", () => {
  assertEquals(
    sha256Hex(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("canonicalJson() sorts keys by code unit and leaves no space", () => {
  assertEquals(
    canonicalJson({ b: [1, null, "é"], a: { d: true, c: 1e-7 }, B: 0.1 }),
    '{"B":0.1,"a":{"c":1e-7,"d":true},"b":[1,null,"é"]}',
  );
});

Deno.test("digestJson() does not depend on the order of keys", () => {
  assertEquals(digestJson({ a: 1, b: 2 }), digestJson({ b: 2, a: 1 }));
});

Deno.test("canonicalJson() refuses a number that JSON cannot carry", () => {
  assertEquals(
    assertThrows(() => canonicalJson({ a: NaN }), TypeError).message,
    "Cannot write canonical JSON: a number must be finite, found NaN",
  );
});
