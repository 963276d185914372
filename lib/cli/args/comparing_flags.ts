import { GATE_POLICIES } from "../../core/facts/gate_policy.ts";
import { CHANGE_KINDS } from "../../runner/bisect/change_kind.ts";
import { parseShard } from "../../runner/plan/parse_shard.ts";
import {
  amount,
  amountOrAuto,
  choice,
  count,
  optionalValue,
  pairs,
  positive,
  toggle,
  value,
  withDefault,
} from "./flag.ts";

/** Flags of the commands that compare results: with a baseline, with each other, or over the commits of git. */
export const COMPARING_FLAGS = {
  sample: count("sample", {
    value: "N",
    about: "run N trials only and compare their rows (default: all trials and files)",
  }),
  seed: count("seed", {
    value: "N",
    min: 0,
    about: "picks the sample and the order of trials (default: another each time)",
  }),
  checkSample: count("sample", { value: "N", about: "check N trials of each experiment (default: all)" }),
  changed: optionalValue("changed", {
    value: "BASE",
    about: "check only experiments whose file, imports, data, results or code changed since the merge base",
    more: "BASE is a commit; by default the branch that a pull request goes to, or the main branch",
    grants: "changes",
  }),
  maxMinutes: positive("max-minutes", {
    value: "M",
    about: "begin no further trial after M minutes; what was not checked is said",
  }),
  trustCache: value("trust-cache", {
    value: "DIR",
    about:
      "train no trial again that the same code trained before, on this kind of machine; keep others in DIR",
    grants: "write",
  }),
  policy: choice("policy", {
    choices: GATE_POLICIES,
    about: "what fails: any changed bit, only a lost accuracy, or nothing (default: strict)",
    more: "See [Policies](#policies)",
  }),
  tolerance: amountOrAuto("tolerance", {
    about: "how much worse a point's mean accuracy may be; auto: as much as chance explains (default: 0)",
    more: "A fraction, or in values of the metric that decides. The default policy is then `accuracy`",
  }),
  suspicious: amount("suspicious", { about: "how much better it may be (default: 0.05)" }),
  allowBits: toggle("allow-bits", {
    about: "let strict pass changed bits that lose no accuracy beyond the tolerance, with a notice",
  }),
  junit: value("junit", { value: "FILE", about: "write the findings as JUnit XML", grants: "writeFile" }),
  jsonFile: value("json", { value: "FILE", about: "write the findings as JSON", grants: "writeFile" }),
  comment: value("comment", {
    value: "FILE",
    about: "write the findings as Markdown for a comment on a pull request",
    grants: "writeFile",
  }),
  metrics: value("metrics", {
    value: "FILE",
    about: "write the winners' accuracies as OpenMetrics text, as GitLab reads it",
    grants: "writeFile",
  }),
  benchmark: value("benchmark", {
    value: "FILE",
    about: "write accuracies as benchmark-action's customBiggerIsBetter",
    grants: "writeFile",
  }),
  checkShard: value("shard", {
    value: "I/N",
    parse: parseShard,
    about: "check this part of the trials; --keep keeps it to be merged",
  }),
  keep: value("keep", { value: "DIR", about: "keep what ran in this folder", grants: "write" }),
  current: value("current", {
    value: "DIR",
    about: "compare the results in this folder instead of running",
    grants: "read",
  }),
  injectFault: count("inject-fault", {
    value: "EPOCH",
    about: "flip a bit of a weight before this epoch of the first trial, to see the check fail",
  }),
  reason: value("reason", {
    value: "TEXT",
    about: "why the results change; it goes into results/NAME/CHANGES.md",
    isRequired: true,
  }),
  from: value("from", {
    value: "DIR|ZIP",
    about: "accept what check --keep left elsewhere, a folder or a zip file of it, and run nothing",
    grants: "read",
  }),
  verify: count("verify", {
    value: "N",
    about: "train N of its trials again here first, which must give the same bits",
  }),
  onlyAccepted: pairs("only", {
    value: "AXIS=VALUE",
    about: "accept these points only; the others keep the results that they have here",
  }),
  allowDirty: toggle("allow-dirty", { about: "accept results of a file that is not committed" }),
  allowDiverged: toggle("allow-diverged", { about: "accept trials that diverge" }),
  locate: toggle("locate", {
    about: "replay the first epoch that differs on both sides, and name the step and the tensor",
    grants: "locate",
  }),
  good: value("good", {
    value: "REV",
    about: "a revision whose results are as they were",
    isRequired: true,
  }),
  bad: withDefault(
    value("bad", { value: "REV", about: "a later revision whose results have changed (default: HEAD)" }),
    () => "HEAD",
  ),
  changeKind: withDefault(
    choice("what", {
      choices: CHANGE_KINDS,
      about: "what counts as a change: any bit, or the best validation accuracy (default: bits)",
    }),
    () => "bits" as const,
  ),
  jsonAnswer: toggle("json", { about: "write the answer as a line of JSON" }),
  shownTrials: count("trials", { value: "N", about: "trials whose epochs are shown (default: 3)" }),
  tracedTrial: value("trial", { value: "ID", about: "the trial", isRequired: true }),
  epoch: count("epoch", { value: "N", about: "the epoch, from 1", isRequired: true }),
  traceFault: count("inject-fault", {
    value: "EPOCH",
    about: "flip a bit of a weight before this epoch",
  }),
} as const;
