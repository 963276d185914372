/** What a command needs in order to show results; a command imports nothing below the runner itself. */
export type { Trial } from "../experiment/trial.ts";
export { axisText, pointText } from "../report/axis_text.ts";
export { percent, spreadText } from "../report/percent.ts";
export { pointKey, rankPoints } from "../report/rank_points.ts";
export type { PointResult, Summary, Winner } from "../report/summary.ts";
export { benchmarkJson, checkJson } from "../report/check_json.ts";
export { checkText } from "../report/check_text.ts";
export type { Comparison } from "../report/comparison.ts";
export { diffText } from "../report/diff_text.ts";
export { changeText, findDifferences } from "../report/find_differences.ts";
export { exitCodeOfFindings, type Finding } from "../report/finding.ts";
export { githubAnnotations, githubSummary } from "../report/github_output.ts";
export { mergedComparison } from "../report/merged_comparison.ts";
export { junitXml } from "../report/junit_xml.ts";
