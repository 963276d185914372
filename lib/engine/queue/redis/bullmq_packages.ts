// Fetched when it is first used: deno.json names what every command needs.
export { type Job, Queue, WaitingError, Worker } from "npm:bullmq@6.7.0";
export { Redis } from "npm:ioredis@6.0.0";
