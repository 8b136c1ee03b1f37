import assert from "node:assert/strict";
import { readNumericTable, type TableOptions } from "../../lib/recordings/numeric_table.ts";

type Name = "time" | "loss";
const wanted: TableOptions<Name> = {
  columns: { time: ["time", "t"], loss: ["train loss"] },
  unnamed: ["time", "loss"],
  most: 1000,
  beyond: "refuse",
  source: "run.csv",
};
const read = (text: string | Uint8Array<ArrayBuffer>, options: Partial<TableOptions<Name>> = {}) =>
  readNumericTable(new Blob([text]).stream(), { ...wanted, ...options });

/** The same bytes in pieces of a few. */
const pieces = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      controller.close();
    },
  });
};

Deno.test("columns are found by name in every usual form of text", async () => {
  for (
    const text of [
      "step,Train_Loss,t\n0,2.5,0\n1,1.25,0.5\n",
      "\uFEFFt;Train Loss;note\r\n0;2.5;x\r\n0.5;1.25;y", // as a spreadsheet saves it
      '"t","train.loss"\n"0","2.5"\n"0.5","1.25"\n', // as R does
      "# t  train_loss\n0 2.5\n5e-1   1.25\n", // as np.savetxt does
      "# a run\n\nt\ttrain loss\n# more\n0\t2.5\n\n0.5\t1.25\n",
      "0, 2.5\n0.5, 1.25\n",
      ",t,train_loss\n0,0,2.5\n1,0.5,1.25\n", // as pandas does, with its index
      "T (s),Train loss [nats]\n0,2.5\n0.5,1.25\n",
      "Train loss / nats;t / s\n2.5;0\n1.25;0.5\n",
      "t,train loss (mean),train loss\n0,9,2.5\n0.5,9,1.25\n", // the whole name goes first
    ]
  ) {
    for (const size of [1, 3, 1000]) {
      const { columns, rows } = await readNumericTable(pieces(text, size), wanted);
      assert.deepEqual(columns, {
        time: Float64Array.of(0, 0.5),
        loss: Float64Array.of(2.5, 1.25),
      });
      assert.equal(rows, 2, text);
    }
  }
});

Deno.test("what is wrong is named with row, line, column and value", async () => {
  const fails = async (text: string | Uint8Array<ArrayBuffer>, message: RegExp) =>
    await assert.rejects(() => read(text), message, String(text));
  await fails("", /run.csv has no rows of numbers/);
  await fails("t,train loss\n", /run.csv has no rows/);
  await fails("a,b\n1,2\n", /has none of the columns time, train loss; .* "a", "b"/);
  await fails("t,time\n1,2\n", /2 columns for time; leave one/);
  await fails("t,loss\n0,1\n\n1,NaN\n", /row 2 \(line 4\) of run.csv: loss is "NaN"/);
  await fails("t,loss\n0,1\n1\n", /row 2 \(line 3\) of run.csv has no loss/);
  await fails("t,loss\n0,\n", /row 1 \(line 2\) of run.csv has no loss/);
  await fails("t;loss\n0;0,5\n", /loss is "0,5"; it must be a number with a decimal point/);
  await fails("t,loss\n0,5,1,5\n", /has 4 cells, the first row 2: .* as if .* decimal commas/);
  await fails("t\tloss\n0,5\t1\n", /t(ime)? is "0,5"; .* decimal point \(pandas: .*decimal="\."/);
  await fails('t,loss\n0,"1,234.5"\n', /loss is "1,234.5"; .* without commas between thousands/);
  await fails("t,loss\n0,tensor(2.5)\n", /loss is "tensor\(2\.5\)"; .* write tensor\.item\(\)/);
  await fails(
    "1,2,3\n",
    /has 3 numbers in its first row and no names above; such a row is time, loss/,
  );
  await fails(",0,1\n0,1,2\n", /its first line is "", "0", "1": name the columns there/);
  await fails("t,loss\n0,1e999\n", /loss is "1e999"; it must be a finite number/);
  await fails(
    "t,loss\n0,<img src=x onerror=alert(1)>\n",
    /loss is "<img src=x onerror=alert\(1\)>"/,
  );
  await fails("t,loss\n0,\x1b[2J\n", /loss is "\\u001b\[2J"/);
  await fails(Uint8Array.of(0xff, 0xfe, 0x74, 0), /is not UTF-8 text/);
  await fails("x".repeat(3e6), /line 1 .* longer than 1048576 characters/);
});

Deno.test("too many rows are refused at once, or thinned out in bounded memory", async () => {
  let pulled = 0;
  const endless = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        pulled++;
        controller.enqueue(new TextEncoder().encode("0,1\n".repeat(100)));
      },
    });
  await assert.rejects(
    () => readNumericTable(endless(), wanted),
    /more than 1000 rows; at most 1000 are read/,
  );
  assert.ok(pulled < 20, `${pulled} pieces were read`);

  const text = Array.from({ length: 10_001 }, (_, i) => `${i},${i * i}`).join("\n");
  const { columns, rows, every } = await read(text, { beyond: "thin", most: 100 });
  assert.equal(rows, 10_001);
  assert.equal(every, 128);
  const time = [...columns.time!];
  assert.deepEqual(time.slice(0, 3), [0, 128, 256]);
  assert.equal(time.at(-1), 10_000, "the last row is kept");
  assert.ok(time.every((t, i) => columns.loss![i] === t * t));
  const exact = await read("0,1\n1,2\n2,3\n", { beyond: "thin", most: 2 });
  assert.deepEqual([...exact.columns.time!], [0, 2]);
});

Deno.test("every row is checked, also those that are not kept, and reading can be stopped", async () => {
  const text = Array.from({ length: 5000 }, (_, i) => `${i === 4321 ? -1 : i},1`).join("\n");
  const check: TableOptions<Name>["check"] = ({ time }, place) => {
    if (time! < 0) throw new RangeError(place());
  };
  await assert.rejects(
    () => read(text, { beyond: "thin", most: 10, check }),
    /row 4322 \(line 4322\)/,
  );
  const stop = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(() => read(text, { signal: stop }), /stopped/);
});
