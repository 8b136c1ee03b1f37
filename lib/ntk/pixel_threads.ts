/**
 * All pairs of images, on several threads.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import type { PixelNetwork } from "./pixel_stages.ts";
import type { PixelAnswer, PixelOrder } from "./pixel_worker.ts";

/** With fewer, starting a thread would be most of it. */
const IMAGES_PER_THREAD = 2;

/**
 * NNGP and NTK of every pair of images, each pair once, as answers in any order. The caller's thread
 * is free meanwhile.
 *
 * @param onAnswer is waited for before the promise is kept, not by the threads
 * @throws what a thread has thrown, or the signal's reason
 */
export async function pixelPairs(
  network: PixelNetwork,
  images: Float64Array,
  count: number,
  onAnswer: (answer: PixelAnswer) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const threads = Math.min(availableParallelism(), Math.ceil(count / IMAGES_PER_THREAD));
  const workers: Worker[] = [];
  const told: Promise<void>[] = [];
  const tell = async (answer: PixelAnswer) => await onAnswer(answer);
  let stop: (() => void) | undefined;
  // The longest rows first, so that all threads end at about the same time.
  let next = count - 1;
  let left = count * (count + 1) / 2;
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", stop = () => reject(signal.reason));
      for (let thread = 0; thread < threads; thread++) {
        const worker = new Worker(new URL("./pixel_worker.ts", import.meta.url), {
          type: "module",
        });
        workers.push(worker);
        const order = (message: PixelOrder) => worker.postMessage(message);
        worker.onmessage = ({ data: answer }: MessageEvent<PixelAnswer>) => {
          told.push(tell(answer).catch(reject));
          if (--left === 0) resolve();
          if (answer.column === answer.row && next >= 0) order({ row: next-- });
        };
        worker.onerror = (event) => {
          event.preventDefault(); // or it would end the program
          reject(new Error(`a thread of the kernel stopped: ${event.message}`));
        };
        order({ network, images });
        if (next >= 0) order({ row: next-- });
      }
    });
    await Promise.all(told);
  } finally {
    if (stop) signal?.removeEventListener("abort", stop);
    for (const worker of workers) worker.terminate();
  }
}
