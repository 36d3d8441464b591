import { renderGraphiQL } from "@graphql-yoga/render-graphiql";

/** GraphiQL as one page that needs no internet, with a tab for each sample operation. */
export const renderExplorer = (operations: readonly string[]): string =>
  renderGraphiQL({
    title: "Parallax · GraphiQL",
    endpoint: "/graphql",
    subscriptionsProtocol: "WS",
    defaultTabs: operations.map((query) => ({ query })),
  });
