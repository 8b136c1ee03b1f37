/** Prints what runs of this process rest on, and a key. */
import { runKey } from "../../../lib/experiments/study/run_cache.ts";
import { runGrounds } from "../../../lib/experiments/study/run_grounds.ts";

console.log(JSON.stringify({ ...runGrounds(), key: runKey({ n: 1 }, import.meta.url) }));
