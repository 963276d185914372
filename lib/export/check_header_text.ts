import { InputError } from "../core/check/errors.ts";
import { show } from "../core/check/fields.ts";

/** Nesting of a header: the object, a tensor or the metadata, and a list of sizes. */
const DEEPEST = 3;

/** A net of Seedbed has far fewer tensors; reading a million would take seconds. */
const MOST_NAMES = 100_000;

/**
 * Checks the header of a safetensors file for what the reference reader refuses but `JSON.parse` accepts. This is a
 * duplicate name in an object, ill-formed Unicode, a number that is not written as a whole number, or nested lists.
 *
 * It runs before parsing, since it is fast where parsing would be slow; it does not check that the text is JSON.
 *
 * @throws {InputError} With the first of these.
 * @throws {SyntaxError} If a string in it is no JSON.
 */
export function checkHeaderText(text: string, { path }: { readonly path: string }): void {
  const fail = (what: string) => new InputError(`Cannot read ${path}: its header must ${what}`);
  /** The names so far in each enclosing object or list. */
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

/** Returns the end of the string or number that begins at `start`; any other token is one character. */
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

/** Returns whether a number can begin with a character. */
function isNumber(char: string): boolean {
  return char === "-" || (char >= "0" && char <= "9");
}

/** Returns whether a colon follows. */
function isName(text: string, end: number): boolean {
  while (" \t\r\n".includes(text[end] ?? "x")) end++;
  return text[end] === ":";
}
