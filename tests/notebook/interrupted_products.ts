/** Multiplies matrices by TensorFlow until it has heard 30 interrupts, says so, and ends with its input. */
import { onInterrupt } from "../../lib/notebook/interrupt.ts";
import { execute, tensorflow } from "../../lib/tensorflow/mod.ts";

const tf = await tensorflow({ threads: 1 });
const [a, b] = [tf.ones([100, 3072]), tf.ones([3072, 64])];
let heard = 0;
onInterrupt(() => void heard++);
console.log("begins");
while (heard < 30) {
  tf.tidy(() => execute("MatMul", [a, b], { transpose_a: false, transpose_b: false }));
  await new Promise((done) => setTimeout(done));
}
console.log("heard");
await Deno.stdin.read(new Uint8Array(1));
