/**
 * The stages of a Dockerfile of ours: { name, base, steps: [{ kind, value }] }, with continued lines joined. It knows what that
 * file uses and refuses anything else.
 */
export function readDockerfile(text) {
  const stages = [];
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/ *\\\n */g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  for (const line of lines) {
    const [, kind, value] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (kind === "FROM") stages.push(stageOf(value));
    else if (KNOWN.includes(kind)) stages.at(-1).steps.push({ kind, value });
    else throw new Error(`the Dockerfile has a line that this check cannot carry out: ${line}`);
  }
  return stages;
}

const KNOWN = ["CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "RUN", "USER", "VOLUME", "WORKDIR"];

function stageOf(value) {
  const [, base, name] = /^(\S+) AS (\S+)$/.exec(value) ?? [];
  if (name === undefined) throw new Error(`FROM ${value}: every stage has a name here`);
  return { name, base, steps: [] };
}
