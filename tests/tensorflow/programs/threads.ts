/** Loads TensorFlow on as many threads as asked; prints how many cores a product kept busy. */
import process from "node:process";
import { tensorflow } from "../../../lib/tensorflow/mod.ts";

const threads = Number(Deno.args[0]);
const tf = await tensorflow({ threads });
await tensorflow({ threads }); // the same again is welcome
await tensorflow();

let refusal = "";
await tensorflow({ threads: threads + 1 }).catch((error) => refusal = String(error));

const x = tf.randomNormal([1024, 1024], 0, 1, "float32", 1);
const product = () => tf.matMul(x, x).dispose();
product();
const [cpu, wall] = [process.cpuUsage(), performance.now()];
for (let i = 0; i < 20; i++) product();
const { user, system } = process.cpuUsage(cpu);
const busy = (user + system) / 1000 / (performance.now() - wall);
console.log(JSON.stringify({ busy, refusal }));
