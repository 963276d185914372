import { InputError } from "../core/check/errors.ts";
import { show } from "../core/check/fields.ts";

/** The header, a tensor or the metadata, and a list of sizes. */
const DEEPEST = 3;

/** A net of Seedbed has far fewer tensors; to read a million of them would take seconds. */
const MOST_NAMES = 100_000;

/**
 * Checks what `JSON.parse` lets pass in the header of a safetensors file and the reference reader refuses: a name that
 * stands twice in one object, a text that is no Unicode, a number that is not written as a whole one, and lists in lists.
 *
 * It is quick where parsing would be slow, so that it comes before: it takes any text for JSON.
 *
 * @throws {InputError} With the first of these.
 * @throws {SyntaxError} If a text in it is no JSON.
 */
export function checkHeaderText(text: string, { path }: { readonly path: string }): void {
  const fail = (what: string) => new InputError(`Cannot read ${path}: its header must ${what}`);
  /** The names so far in each object or list around the place. */
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length;) {
    const char = text[at];
    const end = endOfToken(text, at);
    if (char === "{" || char === "[") {
      if (open.push(new Set()) > DEEPEST) throw fail(`be at most ${DEEPEST} levels deep, found another`);
    } else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const value: string = JSON.parse(text.slice(at, end));
      if (!value.isWellFormed()) throw fail(`be Unicode text, found half a character in ${show(value)}`);
      if (isName(text, end)) {
        const names = open.at(-1);
        if (names?.has(value)) throw fail(`name each thing once, found ${show(value)} twice`);
        if (names !== undefined && names.add(value).size > MOST_NAMES) {
          throw fail(`name at most ${MOST_NAMES} things, found more`);
        }
      }
    } else if (isNumber(char)) {
      const number = text.slice(at, end);
      if (!/^(0|[1-9]\d*)$/.test(number)) {
        throw fail(`hold whole numbers such as 12, found ${number.slice(0, 40)}`);
      }
    }
    at = end;
  }
}

/** Returns where a text or a number ends that begins at a place; anything else is one character. */
function endOfToken(text: string, start: number): number {
  let end = start + 1;
  if (text[start] === '"') {
    while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
    return end + 1;
  }
  if (isNumber(text[start])) { while (NUMBER_CHARS.includes(text[end] ?? " ")) end++; }
  return end;
}

const NUMBER_CHARS = "0123456789.eE+-";

/** Returns whether a number begins with a character. */
function isNumber(char: string): boolean {
  return char === "-" || (char >= "0" && char <= "9");
}

/** Returns whether a colon follows. */
function isName(text: string, end: number): boolean {
  while (" \t\r\n".includes(text[end] ?? "x")) end++;
  return text[end] === ":";
}
