import { formatFloat64 } from "../../core/text/number_text.ts";

/**
 * Returns a value as indented JSON with the same bytes on every engine: keys in the order of the value, numbers by
 * {@link formatFloat64}. Short lists of plain values are on one line.
 *
 * @throws {TypeError} If a number is not finite or a value has no JSON.
 */
export function stableJson(value: unknown): string {
  return `${write(value, "")}\n`;
}

/** Yields the {@link stableJson} of an object in parts: one per field, and one per element of a list. */
export function* stableJsonParts(value: object): Generator<string, void, void> {
  yield "{";
  let separator = "\n";
  for (const [key, field] of Object.entries(value)) {
    yield `${separator}  ${JSON.stringify(key)}: `;
    separator = ",\n";
    if (!Array.isArray(field) || isPlainList(field)) yield write(field, "  ");
    else yield* listParts(field);
  }
  yield separator === "\n" ? "}\n" : "\n}\n";
}

function* listParts(list: readonly unknown[]): Generator<string, void, void> {
  let separator = "[\n";
  for (const item of list) {
    yield `${separator}    ${write(item, "    ")}`;
    separator = ",\n";
  }
  yield "\n  ]";
}

const LINE_WIDTH = 100;

function write(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return writePlain(value);
  const isList = Array.isArray(value);
  const items = isList ? value.map((item) => write(item, `${indent}  `)) : writeFields(value, `${indent}  `);
  const [open, close] = isList ? "[]" : "{}";
  if (items.length === 0) return open + close;
  const oneLine = `${open}${items.join(", ")}${close}`;
  if (isPlainList(value) && indent.length + oneLine.length <= LINE_WIDTH) return oneLine;
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(",\n")}\n${indent}${close}`;
}

function isPlainList(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
}

function writeFields(value: object, indent: string): readonly string[] {
  return Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${write(field, indent)}`);
}

function writePlain(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return formatFloat64(value);
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  throw new TypeError(`Cannot write JSON: a value must have a form in JSON, found ${String(value)}`);
}
