import type { Fragments } from "../http/fragments.ts";
import type { DrawTask } from "./draw_task.ts";

/** A request to the drawing thread. */
export interface DrawingRequest {
  /** Names the request in its answer. */
  readonly id: number;
  readonly task: DrawTask;
}

/** The answer: what was drawn, or why it could not be. */
export type DrawingAnswer =
  | { readonly id: number; readonly fragments: Fragments }
  | { readonly id: number; readonly problem: string };
