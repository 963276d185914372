import type { Html } from "../../report/page/html.ts";

/** Parts of a page by the ids of the elements that hold them. */
export type Fragments = Readonly<Record<string, Html>>;
