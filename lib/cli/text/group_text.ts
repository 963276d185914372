import { durationText } from "../../core/text/duration_text.ts";
import { listed } from "../../core/text/listed.ts";
import type { FieldChange } from "../../report/compare/comparison.ts";
import { changeText } from "../../report/compare/change_text.ts";
import type { GroupChange, GroupNews, TrialGroup } from "../../runner/plan/explain_pending.ts";
import { shortText } from "../terminal/text_width.ts";
import { valueText } from "./value_text.ts";

const MOST_SHOWN = 3;
const VALUE_COLUMNS = 30;

/** Why trials run, and about how long they take. */
export interface PendingText {
  readonly groups: readonly TrialGroup[];
  readonly expectedMs: number | null;
}

/**
 * Returns why trials run, a line for each group, and about how long they take; each line is indented. Trials of which
 * there is nothing to say have no line.
 *
 * @param options.hasIds Whether the first ids of each group follow its line. Default: false.
 */
export function pendingText(
  { groups, expectedMs }: PendingText,
  { hasIds = false }: { readonly hasIds?: boolean } = {},
): string {
  const shown = hasIds ? groups : saidGroups(groups);
  const lines = shown.flatMap((group) =>
    hasIds ? [groupText(group), `  ${listed(group.trials, { most: MOST_SHOWN })}`] : [groupText(group)]
  );
  if (expectedMs !== null) lines.push(expectedText(expectedMs));
  return lines.map((line) => `  ${line}\n`).join("");
}

/** Returns why trials run, a text for each group of which there is something to say. */
export function groupTexts(groups: readonly TrialGroup[]): readonly string[] {
  return saidGroups(groups).map(groupText);
}

/** Returns an expected time in words. */
export function expectedText(expectedMs: number): string {
  return expectedMs < 1000 ? "less than 1 s" : `about ${durationText(expectedMs)}`;
}

/** On a first run each trial is new, which goes without saying. */
function saidGroups(groups: readonly TrialGroup[]): readonly TrialGroup[] {
  const [first, ...others] = groups;
  const isFirstRun = first?.fate === "new" && first.news.length === 0 && others.length === 0;
  return isFirstRun ? [] : groups;
}

/** Returns why the trials of a group run, such as `12 run again: solver.epochs 5 -> 6`. */
function groupText({ fate, trials, changes, news, reason }: TrialGroup): string {
  const one = trials.length === 1;
  const count = trials.length;
  if (fate === "changed") return `${count} ${one ? "runs" : "run"} again: ${changesText(changes)}`;
  if (fate === "failed") {
    return `${count} failed and ${one ? "is" : "are"} tried again${reason === null ? "" : `: ${reason}`}`;
  }
  if (fate === "unfinished") return `${count} ${one ? "is" : "are"} left of a run that did not end`;
  if (fate === "cloned") {
    return `${count} ${one ? "runs" : "run"} again: ${
      one ? "its result is" : "their results are"
    } here without a ` +
      "journal, as in a new clone";
  }
  if (fate === "fresh") return `${count} ${one ? "runs" : "run"}, since --fresh starts over`;
  return `${count} ${one ? "is" : "are"} new${newsText(news)}`;
}

/** Returns the first changed fields, and the number of the others. */
export function changesText(changes: readonly (FieldChange & Partial<GroupChange>)[]): string {
  return listed(changes, { most: MOST_SHOWN, show: shortChange });
}

function shortChange({ isExample = false, ...change }: FieldChange & Partial<GroupChange>): string {
  const text = changeText({ ...change, before: shortValue(change.before), after: shortValue(change.after) });
  return isExample ? `${text} and the like` : text;
}

/** A digest is left whole, since it is cut where it is recognized. */
function shortValue(value: string | null): string | null {
  if (value === null || /^"?[0-9a-f]{64}"?$/.test(value)) return value;
  return shortText(value, { columns: VALUE_COLUMNS });
}

function newsText(news: readonly GroupNews[]): string {
  if (news.length === 0) return "";
  const show = ({ axis, value }: GroupNews) =>
    axis === null ? `repeat ${value}` : `${axis}=${valueText(value)}`;
  return `: ${listed(news, { most: MOST_SHOWN, show })}`;
}
