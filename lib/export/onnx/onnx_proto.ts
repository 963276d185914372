// Fetched on first use: deno.json names only packages that every command needs.
export { default as onnxProto } from "npm:onnx-proto@8.0.1";
