import type { Source } from "./sources.ts";

/** The folder of the tests that look at several sources at once. */
const TOGETHER = "/together/";

/** How such a test begins. */
const SAYS_SO = "// Several sources together: ";

/** What tests are held against. */
export interface TestRules {
  /** Every source of lib. */
  readonly sources: readonly Source[];
  /** Tests that are named after no source, besides those in folders called `together`. */
  readonly exceptions: readonly string[];
}

/**
 * Returns what is wrong with the places of tests, a sentence each: `tests/a/b_test.ts` tests `lib/a/b.ts` if `a` is a folder
 * of lib; those of several sources stand in a folder called `together`, and say so in their first comment.
 */
export function misplacedTests(
  tests: readonly Source[],
  { sources, exceptions }: TestRules,
): readonly string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const folders = new Set(sources.map(({ path }) => path.split("/")[1]));
  const wrong = tests.flatMap(({ path, text }): readonly string[] => {
    if (!path.endsWith("_test.ts") || !folders.has(path.split("/")[1]) || exceptions.includes(path)) {
      return [];
    }
    if (path.includes(TOGETHER)) {
      return text.startsWith(SAYS_SO) ? [] : [`${path} does not begin with "${SAYS_SO}"`];
    }
    const source = path.replace(/^tests/, "lib").replace(/_test\.ts$/, ".ts");
    return paths.has(source) ? [] : [`${path} tests no source: ${source} is missing`];
  });
  const stale = exceptions.filter((path) => !tests.some((test) => test.path === path));
  return [...wrong, ...stale.map((path) => `${path} is an exception that is not there`)];
}
