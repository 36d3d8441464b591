import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unnotedChanges } from "../../../../src/graphql/contract/schema-changes";

const read = (name: string) => readFileSync(join(__dirname, "../../../../schema", name), "utf8");
const RELEASED = `
  type Query { hit(first: Int): Hit, old: String }
  union Hit = Text | Image
  type Text { text: String! } type Image { url: String! } type Video { url: String! }
  enum Kind { TEXT IMAGE } input Filter { kind: Kind }
`;
const log = (notes: string) => `# Changelog\n\n## Unreleased\n\n${notes}\n\n## 0.1.0\n\n- Query.old was removed.\n`;
const changed = (from: string, to: string) => {
  expect(RELEASED).toContain(from);
  return RELEASED.replace(from, to);
};

it("has no change that breaks clients without a note on what to do (see schema/CHANGELOG.md)", () => {
  expect(unnotedChanges(read("released.graphql"), read("schema.graphql"), read("CHANGELOG.md"))).toEqual([]);
});

it("says what would break, and what to write where", () => {
  const [message, ...others] = unnotedChanges(RELEASED, changed(", old: String", ""), log(""));
  expect(message).toBe(
    "A client may break: Query.old was removed. Take it back or, if it is meant, add to schema/CHANGELOG.md under " +
      '"## Unreleased": "- Query.old was removed. <what a client does instead>".',
  );
  expect(others).toEqual([]);
});

it.each([
  ["a type becomes nullable", "text: String!", "text: String"],
  ["an argument becomes required", "first: Int", "first: Int!"],
  ["an input field becomes required", "kind: Kind }", "kind: Kind! }"],
  ["a kind leaves a union", "Text | Image", "Text"],
  ["a kind joins a union, which exhaustive switches do not know", "Text | Image", "Text | Image | Video"],
  ["a value joins an enum, which exhaustive switches do not know", "TEXT IMAGE", "TEXT IMAGE VIDEO"],
])("asks for a note when %s", (_, from, to) => {
  expect(unnotedChanges(RELEASED, changed(from, to), log("- Something else."))).toHaveLength(1);
});

it.each([
  ["a field is added", "old: String", "old: String, young: String"],
  ["an argument that may be left out is added", "first: Int", "first: Int, after: String"],
  ["a type is added", "enum Kind", "type Sound { url: String! } enum Kind"],
])("asks for none when %s", (_, from, to) => {
  expect(unnotedChanges(RELEASED, changed(from, to), log(""))).toEqual([]);
});

it("takes a note under Unreleased, and none of an earlier version", () => {
  const current = changed(", old: String", "");
  expect(unnotedChanges(RELEASED, current, log("- `Query.old` was\n  removed. Ask `hit`."))).toEqual([]);
  expect(unnotedChanges(RELEASED, current, log("- Query.older was removed."))).toHaveLength(1);
  expect(unnotedChanges(RELEASED, current, "# Changelog\n\n## 0.1.0\n\n- Query.old was removed.\n")).toHaveLength(1);
});
