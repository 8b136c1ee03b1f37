/**
 * What the public functions of `./tensorflow` and `./resources` take, which notebooks do not import.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  column,
  flag,
  instance,
  type Kind,
  like,
  list,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  record,
  text,
} from "../kinds.ts";

const library = oneOf("openblas", "tensorflow");
const inputs = like([[1, 2]], list(numbers));
const attributes = maybe(record({}));
const operation = like("Neg", text);
/** A name of a file or folder, for which an empty text is none. */
const named = (name: string): Kind => like(name, text);

export const engineArguments: Arguments = {
  execute: { operation, inputs, attributes },
  executeAll: { operation, inputs, attributes },
  executeOver: { operation, inputs, attributes },
  executeFloat64: { operation, inputs, attributes },
  fromFloat64: { data: column, shape: like([3], list(natural)) },
  freshArray: { kind: like(Float64Array, callable), length: natural },
  withValues: { tensor: like({ dtype: "float32", shape: [1], id: -1 }, record({})), use: callable },
  readInto: {
    tensor: like({ dtype: "float64", shape: [1], id: -1 }, record({})),
    array: instance("Float64Array"),
  },
  liveTensors: {},
  acquireCifar10: {
    options: maybe(options({
      ...{ cache: maybe(named("/nowhere")), onProgress: maybe(callable), verify: maybe(flag) },
    })),
  },
  acquireLibrary: {
    library,
    options: maybe(options({
      ...{ cache: maybe(named("/nowhere")), onProgress: maybe(callable), verify: maybe(flag) },
      pip: maybe(list(text)),
    })),
  },
  buildOf: { library },
  cacheFolder: {},
  damagedBatch: { folder: named("/nowhere"), wrong: text },
  locate: { library },
  locateCifar10: {},
  platformName: {},
  verifiedLibrary: { library },
  wheelPin: { library, platform: maybe(named("linux-x86_64")) },
  writeWhole: {
    file: named("/nowhere/file"),
    content: like("content", text),
    options: maybe(options({ write: maybe(callable) })),
  },
  wrongContent: {
    file: natural,
    pin: record({ path: text, bytes: natural, sha256: text }),
  },
};
