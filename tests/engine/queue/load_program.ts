import process from "node:process";
import { loadBullmq } from "../../../lib/engine/queue/redis/load_bullmq.ts";

/** Loads the libraries of the queue and says what came. */
const { Queue, Worker, WaitingError, Redis } = await loadBullmq();
const names = [Queue, Worker, WaitingError, Redis].map(({ name }) => name).sort();
console.log(`${names.join(", ")}; the cache is ${process.env.SEEDBED_CACHE}`);
