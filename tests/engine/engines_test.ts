import { inlineEngine } from "../../lib/engine/inline.ts";
import { workersEngine } from "../../lib/engine/threads/workers.ts";
import { testEngine } from "../contract/engine_suite.ts";

testEngine("inlineEngine()", inlineEngine);
for (const workers of [1, 3]) {
  testEngine(`workersEngine() with ${workers}`, () => workersEngine({ workers }));
}
