import { MODEL_FORMATS } from "../../core/facts/model_format.ts";
import type { Command } from "./command.ts";
import { DATA_FLAG, EXPERIMENT_FLAGS, RESULTS_FLAG } from "./flags.ts";

/** Where `dashboard` listens. */
export const DASHBOARD_PORT = 8737;

/** The commands that use what has run: look at it, take a model out, predict with it. */
export const USE_COMMANDS: readonly Command[] = [
  {
    name: "dashboard",
    about: "show all experiments in the browser, also while they run; to this machine alone",
    operands: "",
    flags: [
      {
        name: "port",
        value: "N",
        about: `where to listen, 0 for any port that is free (default: ${DASHBOARD_PORT})`,
      },
      RESULTS_FLAG,
    ],
  },
  {
    name: "export",
    about: "write the winner's model, or a trial's, to a file for other tools",
    operands: "FILE",
    flags: [
      {
        name: "trial",
        value: "ID",
        about: "the trial, or how its id begins (default: the winner's best repeat)",
      },
      { name: "format", value: MODEL_FORMATS.join("|"), about: "safetensors, which predict reads, or ONNX" },
      { name: "out", value: "FILE", about: "the file to write" },
      DATA_FLAG,
      ...EXPERIMENT_FLAGS.filter(({ name }) => name !== "json"),
    ],
  },
  {
    name: "predict",
    about: "run an exported model on CSV files or PNG pictures",
    operands: "MODEL FILE…",
    flags: [{ name: "json", about: "write a line of JSON a row instead of CSV" }],
  },
  {
    name: "init",
    about: "write a project of your own, with a first experiment; overwrites nothing",
    operands: "[DIR]",
    flags: [],
  },
];
