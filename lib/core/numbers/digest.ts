import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A value that JSON can represent. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Returns the SHA-256 of the bytes as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** Returns the SHA-256 of a value's canonical JSON as 64 lower-case hexadecimal digits. */
export function digestJson(value: Json): string {
  return sha256Hex(utf8ToBytes(canonicalJson(value)));
}

/**
 * Returns the canonical JSON text of a value: object keys sorted by code unit, no spaces, numbers as JavaScript's
 * shortest text.
 *
 * @throws {TypeError} If a number is not finite: JSON has no text for it.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`Cannot write canonical JSON: a number must be finite, found ${value}`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.keys(value).sort().map((key) =>
    `${JSON.stringify(key)}:${canonicalJson(value[key])}`
  );
  return `{${fields.join(",")}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
