// Fetched when it is first used: deno.json names what every command needs.
export { default as onnxProto } from "npm:onnx-proto@8.0.1";
