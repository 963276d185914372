import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import {
  fileProblem,
  type FileProblemPlace,
  usingFile,
  usingFileSync,
} from "../../lib/files/file_problem.ts";

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Returns the message of what is to be thrown, which must be the user's to mend. */
function messageOf(error: unknown, place: FileProblemPlace): string {
  const problem = fileProblem(error, place);
  assertInstanceOf(problem, InputError);
  return problem.message;
}

const places = { action: "read", path: "some/file" } as const;

Deno.test("fileProblem() gives the path and the reason when the system refuses a file, whichever reason it is", () => {
  const cases = [
    ["EISDIR", "Is a directory (os error 21): readfile 'some/file'", "Is a directory (os error 21)"],
    ["ENOTDIR", "Not a directory (os error 20)", "Not a directory (os error 20)"],
    [
      "ENOENT",
      "No such file (os error 2): open 'some/file.part'",
      "No such file (os error 2): open some/file.part",
    ],
    [
      "ENAMETOOLONG",
      "File name too long (os error 36): stat 'x: y'",
      "File name too long (os error 36): stat x: y",
    ],
    [
      "ELOOP",
      "Too many levels (os error 40): rename 'a' -> 'b'",
      "Too many levels (os error 40): rename a to b",
    ],
    ["EMFILE", "Too many open files (os error 24)", "Too many open files (os error 24)"],
    ["ETXTBSY", "Text file busy (os error 26)", "Text file busy (os error 26)"],
    ["EINVAL", "file name contained a NUL byte: open 'a\nb'", 'file name contained a NUL byte: open "a\\nb"'],
  ];
  for (const [code, message, reason] of cases) {
    assertEquals(messageOf(systemError(code, message), places), `Cannot read some/file: ${reason}`);
  }
});

Deno.test("fileProblem() quotes a path that would not show, and cuts a long one", () => {
  const cases = [
    ["", '""'],
    ["a\0b", '"a\\u0000b"'],
    ["a b", "a b"],
    ["é", "é"],
    ["x".repeat(3000), `${"x".repeat(100)}...${"x".repeat(100)}`],
  ];
  for (const [path, shown] of cases) {
    const message = messageOf(systemError("EIO", "io"), { action: "write", path });
    assertEquals(message, `Cannot write ${shown}: io`);
  }
});

Deno.test("fileProblem() gives back an error that is none of the system's", () => {
  const own = new InputError("Cannot do it: no");
  for (const error of [own, new TypeError("x is not a function"), systemError("unknown", "no"), "text"]) {
    assertEquals(fileProblem(error, places) === error, true);
  }
});

Deno.test("fileProblem() says so when a path is empty", () => {
  const problem = messageOf(new Error("Empty path is not allowed"), { action: "read", path: "" });
  assertEquals(problem, 'Cannot read "": its path must not be empty');
});

Deno.test("usingFile() gives back what was made of the file, and throws what the system refused", async () => {
  assertEquals(await usingFile(places, () => 7), 7);
  assertEquals(usingFileSync(places, () => 7), 7);
  const refuse = () => {
    throw systemError("EACCES", "Permission denied (os error 13): readfile 'some/file'");
  };
  const message = "Cannot read some/file: Permission denied (os error 13)";
  assertEquals((await assertRejects(() => usingFile(places, refuse), InputError)).message, message);
  assertEquals(assertThrows(() => usingFileSync(places, refuse), InputError).message, message);
});
