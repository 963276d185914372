// Fetched on first use: deno.json names only packages that every command needs.
export { type Job, Queue, WaitingError, Worker } from "npm:bullmq@6.7.0";
export { Redis } from "npm:ioredis@6.0.0";
