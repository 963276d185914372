// Tests alone use it: deno.json names what every command needs.
export { parquetWriteBuffer } from "npm:hyparquet-writer@0.17.0";
