// Fetched on first use: deno.json names only packages that every command needs.
export { type UnzipFileInfo, unzipSync } from "npm:fflate@0.8.3";
