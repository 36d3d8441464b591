/** GraphiQL as one page that needs no internet, with a tab for each sample operation. */
export async function renderExplorer(operations: readonly string[]): Promise<string> {
  // 9 MB, half a second: for who opens it.
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL({
    title: "Parallax · GraphiQL",
    endpoint: "/graphql",
    subscriptionsProtocol: "WS",
    defaultTabs: operations.map((query) => ({ query })),
  });
}
