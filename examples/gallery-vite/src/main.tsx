import { createRoot } from "react-dom/client";
import { cacheExchange, Client, fetchExchange, Provider } from "urql";
import { App } from "./App";
import "./gallery.css";

const server: string = import.meta.env["VITE_PARALLAX_URL"] ?? "http://127.0.0.1:4000";
const client = new Client({
  url: `${server}/graphql`,
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
});

createRoot(document.getElementById("root")!).render(
  <Provider value={client}>
    <App />
  </Provider>,
);
