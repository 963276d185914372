// Fetched on first use: deno.json names only packages that every command needs.
export { parquetMetadataAsync, parquetRead, parquetSchema } from "npm:hyparquet@1.33.0";
