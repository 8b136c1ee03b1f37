/** A worker that loads TensorFlow for itself and squares the matrices it is sent. */
import { liveTensors, tensorflow } from "../../../lib/tensorflow/mod.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<number[][]>) => void;
  postMessage: (message: unknown) => void;
};

scope.onmessage = async ({ data }) => {
  const tf = await tensorflow();
  const square = tf.tidy(() => tf.matMul(tf.tensor2d(data), tf.tensor2d(data)).arraySync());
  scope.postMessage({ square, live: liveTensors() });
};
