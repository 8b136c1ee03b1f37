import assert from "node:assert/strict";
import type { OnInterrupt } from "../../lib/notebook/interrupt.ts";
import type { Broadcast } from "../../lib/notebook/kernel.ts";
import { progressBar, type ProgressOptions, type Terminal } from "../../lib/notebook/progress.ts";
import { keptWords } from "../../lib/notebook/run_study.ts";
import { type ProgressControl, withProgress } from "../../lib/notebook/with_progress.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

/** A clock that goes only when told, in seconds. */
function clock() {
  let ms = 0;
  return { now: () => ms, pass: (seconds: number) => void (ms += 1000 * seconds) };
}

function terminal(isTerminal: boolean, columns = 80) {
  const written: string[] = [];
  const face: Terminal = {
    isTerminal,
    columns: () => columns,
    write: (text) => written.push(text),
  };
  return { face, written };
}

interface Sent {
  readonly type: string;
  readonly text: string;
  readonly id: string;
}

/** A kernel's face that notes what is broadcast. */
function kernel() {
  const sent: Sent[] = [];
  const broadcast: Broadcast = (type, { data, transient }) => {
    const text = (data as Record<string, string>)["text/plain"];
    sent.push({ type, text, id: (transient as { display_id: string }).display_id });
    return Promise.resolve();
  };
  return { broadcast, sent };
}

/** A stop button. */
function button() {
  const listeners = new Set<() => void>();
  const onInterrupt: OnInterrupt = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { onInterrupt, press: () => listeners.forEach((call) => call()), listeners };
}

function inCell(options: ProgressOptions = {}) {
  const [time, { broadcast, sent }, stop] = [clock(), kernel(), button()];
  const { now } = time;
  const { onInterrupt } = stop;
  const bar = progressBar("training", {
    total: 100,
    unit: "steps",
    now,
    broadcast,
    onInterrupt,
    ...options,
  });
  return { bar, sent, time, stop };
}

Deno.test("a terminal's bar is one line drawn over, at most every 100 ms, and ended once", async () => {
  const { face, written } = terminal(true);
  const time = clock();
  const options = { total: 200, unit: "images", broadcast: null, terminal: face, now: time.now };
  const bar = progressBar("Reading", options);
  for (let i = 1; i <= 200; i++) {
    time.pass(0.03);
    bar.update(i);
  }
  await bar.finish();
  await bar.finish();
  bar.update(3);
  assert.equal(written.length, 50 + 1, "6 s, every fourth of 30 ms, and the end");
  assert.ok(
    written.every((text) =>
      text.startsWith("\r") && text.endsWith("\x1b[K") || text === written.at(-1)
    ),
  );
  assert.equal(
    written[24],
    "\rReading  ██████████░░░░░░░░░░   50 %  100/200 images  0:03, 0:03 left\x1b[K",
  );
  assert.equal(written.at(-1), "\r✓ Reading  200 images  0:06\x1b[K\n");
});

Deno.test("where stderr is no terminal, whole lines come, few of them", async () => {
  const { face, written } = terminal(false);
  const time = clock();
  const bar = progressBar("Reading", { broadcast: null, terminal: face, now: time.now });
  for (let i = 1; i <= 250; i++) {
    time.pass(0.1);
    bar.update(i, 250);
  }
  await bar.finish("all there");
  assert.equal(written.length, 3, "after 10 s, after 20 s, and the end");
  assert.ok(
    written.every((text) => text.endsWith("\n") && !text.includes("\r") && !text.includes("\x1b")),
  );
  assert.equal(written[2], "✓ Reading  250  0:25  all there\n");
});

Deno.test("a terminal's line is never wider than the terminal, whatever it must say", async () => {
  const { face, written } = terminal(true, 40);
  const time = clock();
  const bar = progressBar("A title far too long for a terminal as narrow as this one", {
    total: 1e6,
    broadcast: null,
    terminal: face,
    now: time.now,
  });
  time.pass(5);
  bar.update(12345, 1e6, "and\na note");
  await bar.finish();
  assert.ok(written.length > 0);
  for (const text of written) {
    const shown = text.replace("\x1b[K", "").trim();
    assert.ok([...shown].length < 40, shown);
  }
});

Deno.test("a cell's bar is displayed once and then updated in place, at most every 250 ms", async () => {
  const { bar, sent, time } = inCell();
  for (let i = 1; i <= 100; i++) {
    time.pass(0.05);
    await bar.update(i, 100, `loss ${i}`);
  }
  await bar.finish();
  assert.deepEqual([...new Set(sent.map(({ id }) => id))].length, 1);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["display_data", ...Array(sent.length - 1).fill("update_display_data")],
  );
  assert.equal(sent.length, 17 + 1, "from 1 s to 5 s every 250 ms, and the end");
  assert.match(sent[0].text, /^training {2}████░{16} {3}20 % {2}20\/100 steps {2}0:01 {2}loss 20$/);
  assert.equal(sent.at(-1)!.text, "✓ training  100 steps  0:05  loss 100");
});

Deno.test("in a cell, work that ends within a second leaves nothing; a terminal keeps a final note", async () => {
  const { bar, sent, time } = inCell();
  time.pass(0.9);
  await bar.update(50);
  await bar.finish("ready");
  assert.deepEqual(sent, []);

  const { face, written } = terminal(false);
  await progressBar("OpenBLAS", { broadcast: null, terminal: face }).finish("ready");
  assert.deepEqual(written, ["✓ OpenBLAS  0:00  ready\n"]);
});

Deno.test("a slow client is not flooded, and the last word comes last", async () => {
  const texts: string[] = [];
  const gates: (() => void)[] = [];
  const broadcast: Broadcast = (_, { data }) =>
    new Promise((resolve) => {
      gates.push(() => {
        texts.push((data as Record<string, string>)["text/plain"]);
        resolve();
      });
    });
  const { bar, time } = inCell({ broadcast });
  for (let i = 1; i <= 50; i++) {
    time.pass(1);
    void bar.update(i);
  }
  await Promise.resolve();
  assert.equal(gates.length, 1, "one message under way, the others left out");
  const end = bar.finish();
  gates[0]();
  while (gates.length < 2) await new Promise((resolve) => setTimeout(resolve));
  gates[1]();
  await end;
  assert.equal(texts.length, 2);
  assert.match(texts[1], /^✓ training {2}50 steps {2}0:50$/);
});

Deno.test("a bar that cannot be drawn does not stop the work", async () => {
  let tries = 0;
  const { bar, time } = inCell({
    broadcast: () => {
      tries++;
      return Promise.reject(new Error("gone"));
    },
  });
  time.pass(2);
  await bar.update(1);
  await bar.finish();
  assert.ok(tries > 0, "no drawing was tried");
});

Deno.test("an awaited update in a cell lets the event loop take a turn", async () => {
  const { bar, time } = inCell();
  let heard = false;
  const timer = setTimeout(() => heard = true);
  for (let i = 1; i <= 1000 && !heard; i++) {
    time.pass(0.3);
    await bar.update(0);
  }
  clearTimeout(timer);
  await bar.finish();
  assert.ok(heard);
});

Deno.test("the stop button aborts the bar's signal with a reason, and the bar says so", async () => {
  const { bar, sent, time, stop } = inCell();
  time.pass(2);
  await bar.update(40, 100, "loss 3");
  assert.equal(bar.signal.aborted, false);
  stop.press();
  stop.press();
  assert.equal(bar.signal.aborted, true);
  time.pass(1);
  await bar.update(41);
  assert.match(sent.at(-1)!.text, /41\/100 steps {2}0:03 {2}stopping$/);
  await bar.finish("ready");
  assert.match(
    sent.at(-1)!.text,
    /^■ training {2}█{8}░{12} {3}41 % {2}41\/100 steps {2}0:03 {2}stopped$/,
  );
  assert.throws(() => bar.signal.throwIfAborted(), {
    name: "Stopped",
    message: "training: stopped at 40 of 100 steps; what was computed before is kept",
  });
});

Deno.test("a stop tells in whole numbers what was done, in words what is kept, and no frames", async () => {
  const kept = (done: number) => keptWords(done, "realizations");
  const { bar, sent, time, stop } = inCell({ total: 3, unit: "realizations", kept });
  time.pass(2);
  await bar.update(2.5965348118311675);
  stop.press();
  await bar.finish();
  const told =
    "training: stopped at 2 of 3 realizations; they are kept, run the cell again to go on";
  assert.equal(bar.signal.reason.message, told);
  assert.equal(bar.signal.reason.stack, told, "what the kernel shows");
  assert.match(sent.at(-1)!.text, / 86 % {2}2\/3 realizations {2}/);

  assert.match(keptWords(1, "runs"), /^it is kept, run the cell again to go on$/);
  assert.match(keptWords(0, "realizations"), /^what was begun is kept, /, "its checkpoint");
  assert.equal(keptWords(0, "runs"), "run the cell again");
});

Deno.test("a finished bar no longer hears the stop button; one that stops early still says so", async () => {
  const { bar, stop } = inCell();
  await bar.finish();
  assert.equal(stop.listeners.size, 0);
  stop.press();
  assert.equal(bar.signal.aborted, false);

  const quick = inCell();
  quick.stop.press();
  await quick.bar.finish();
  assert.match(quick.sent[0].text, /^■ training .* stopped$/);
});

Deno.test("withProgress draws its bar to the end, whether the work ends, fails, or is stopped", async () => {
  const once = async (work: (control: ProgressControl) => Promise<string>) => {
    const [time, { broadcast, sent }, { onInterrupt, press }] = [clock(), kernel(), button()];
    const options = { total: 4, now: time.now, broadcast, onInterrupt };
    const outcome = await withProgress("work", options, async (control) => {
      time.pass(2);
      await control.onProgress({ done: 1, note: "one" });
      if (!control.signal.aborted) press();
      return await work(control);
    }).catch((error: Error) => error.message);
    return [outcome, sent.at(-1)?.text];
  };
  const stopped = "work: stopped at 1 of 4; what was computed before is kept";
  const bar = "■ work  █████░░░░░░░░░░░░░░░   25 %  1/4  0:02  stopped";
  assert.deepEqual(await once(() => Promise.resolve("a part")), [stopped, bar]);
  assert.deepEqual(
    await once(({ signal }) => Promise.reject(signal.reason)),
    [stopped, bar],
  );
  assert.deepEqual(await once(() => Promise.reject(new Error("no"))), ["no", bar]);

  const { broadcast, sent } = kernel();
  const { now, pass } = clock();
  const result = await withProgress("work", { now, broadcast }, async ({ onProgress }) => {
    pass(3);
    await onProgress({ done: 2, total: 2 });
    return "all";
  });
  assert.equal(result, "all");
  assert.equal(sent.at(-1)!.text, "✓ work  2  0:03");

  const broken = withProgress("work", { now, broadcast, total: 4 }, async ({ onProgress }) => {
    pass(3);
    await onProgress({ done: 1 });
    throw new Error("no");
  });
  await assert.rejects(broken, /^Error: no$/);
  assert.equal(sent.at(-1)!.text, "✗ work  █████░░░░░░░░░░░░░░░   25 %  1/4  0:03");
});

const bar = new URL("../../lib/notebook/progress.ts", import.meta.url).href;
test("outside a notebook Ctrl-C keeps its meaning: it ends the program, bar or not", async () => {
  const program = `import { progressBar } from ${JSON.stringify(bar)};
    const bar = progressBar("long");
    Deno.kill(Deno.pid, "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 5000));
    console.log(bar.signal.aborted);`;
  const { signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    stderr: "null",
  }).output();
  assert.deepEqual([signal, new TextDecoder().decode(stdout)], ["SIGINT", ""]);
});

Deno.test("counts that are none are refused by name", () => {
  const bar = progressBar("x", { broadcast: null, terminal: terminal(false).face });
  assert.throws(() => bar.update(NaN), /done is NaN; it must be a finite number/);
  assert.throws(() => bar.update(1, -1), RangeError);
  assert.throws(() => progressBar("x", { total: Infinity }), /total is Infinity/);
  assert.throws(() => progressBar(7 as unknown as string), TypeError);
});
