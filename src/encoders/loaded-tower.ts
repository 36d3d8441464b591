import { AppError } from "../errors";
import { floatsOf, loadSession, type Run, type Tensors } from "../onnx/load-session";
import type { EncoderInit } from "./encoder-messages";
import type { Tower } from "./model-layout";
import { poolTokens } from "./pool-tokens";
import { cutAndNormalise } from "./unit-vectors";

/** Makes an ONNX file ready to run. Throws INVALID_MODEL when it does not load. */
export const loadTower = (name: string, { file, runner }: Tower, init: EncoderInit): Promise<Run> =>
  loadSession(name, { ...init, file, runner, setting: "MODEL" });

/**
 * Runs a tower: one unit vector a row of the inputs, cut to the dimension; null where the model gave no usable numbers.
 * Throws INVALID_MODEL when it gives something else than its layout and config.json say.
 */
export async function runTower(
  run: Run,
  tower: Tower,
  inputs: Tensors,
  init: EncoderInit,
): Promise<(Float32Array | null)[]> {
  const outputs = await run(inputs);
  const { data, width } = rowsOf(outputs, tower, inputs, init);
  if (width !== init.width) {
    throw wrongOutput(init, `gives vectors of ${width} numbers where its config.json says ${init.width}`);
  }
  const vectors = Array.from({ length: data.length / width }, (_, row) =>
    cutAndNormalise(data.subarray(row * width, (row + 1) * width), init.dimension),
  );
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
  return vectors;
}

interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

function rowsOf(outputs: Tensors, { vectors, tokenVectors }: Tower, inputs: Tensors, init: EncoderInit): Rows {
  const named = (names: readonly string[]) => names.map((name) => outputs[name]).find((one) => one !== undefined);
  const whole = named(vectors);
  if (whole?.dims.length === 2) return { data: floatsOf(whole), width: whole.dims[1]! };
  const tokens = named(tokenVectors);
  if (tokens?.dims.length === 3 && init.pooling !== null) {
    const dims = tokens.dims as [number, number, number];
    return { data: poolTokens(floatsOf(tokens), dims, inputs["attention_mask"]!, init.pooling), width: dims[2] };
  }
  const wanted = [...vectors, ...tokenVectors].join(" or ");
  throw wrongOutput(init, `gives ${Object.keys(outputs).join(", ")}, not ${wanted}, as a ${init.layout.title} does`);
}

const wrongOutput = ({ folder, dtype }: EncoderInit, what: string): AppError =>
  new AppError("INVALID_MODEL", `The model in ${folder} (${dtype}) ${what}. Use files that belong together.`);
