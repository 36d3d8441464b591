import { buildSchema, DangerousChangeType, findBreakingChanges, findDangerousChanges } from "graphql";

/** Harmless to operations, but a client's exhaustive switch does not know the newcomer. */
const BREAKS_SWITCHES: readonly DangerousChangeType[] = [
  DangerousChangeType.TYPE_ADDED_TO_UNION,
  DangerousChangeType.VALUE_ADDED_TO_ENUM,
];

/**
 * What is wrong with a change of the schema: one message for each change that breaks clients and that the changelog's
 * section "Unreleased" does not name. All three are texts: SDL, SDL, Markdown.
 */
export function unnotedChanges(released: string, current: string, changelog: string): string[] {
  const [before, after] = [buildSchema(released), buildSchema(current)];
  const changes = [
    ...findBreakingChanges(before, after),
    ...findDangerousChanges(before, after).filter(({ type }) => BREAKS_SWITCHES.includes(type)),
  ];
  const notes = plain(unreleased(changelog));
  return changes
    .filter(({ description }) => !notes.includes(plain(description)))
    .map(
      ({ description }) =>
        `A client may break: ${description} Take it back or, if it is meant, add to schema/CHANGELOG.md under ` +
        `"## Unreleased": "- ${description} <what a client does instead>".`,
    );
}

const unreleased = (changelog: string): string =>
  /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog)?.[1] ?? "";

/** Line breaks and `code` are the writer's choice. */
const plain = (text: string): string => text.replaceAll("`", "").replace(/\s+/g, " ");
