import { writeFile } from "node:fs/promises";
import { AppError } from "../../errors";

/** Writes a drawing as its file's name says, .svg or .png. Throws BAD_USER_INPUT when it cannot be written. */
export async function writePlot(path: string, svg: string): Promise<void> {
  const bytes = /\.png$/i.test(path) ? await (await import("./render-png.js")).renderPng(svg) : svg;
  await writeFile(path, bytes).catch((cause: unknown) => {
    throw new AppError("BAD_USER_INPUT", "The drawing cannot be written there. Name a file in a folder that exists.", {
      cause,
    });
  });
}
