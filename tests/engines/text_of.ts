import { formatFloat64 } from "../../lib/core/text/number_text.ts";

/** Every number by its one text, so that no engine's own way of writing numbers comes in. */
export function textOf(value: unknown): string {
  if (typeof value === "number") return formatFloat64(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "none";
  return `{${Object.entries(value).map(([name, field]) => `${name}:${textOf(field)}`).join(",")}}`;
}
