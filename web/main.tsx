import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import "./style/page.css";
import "./style/controls.css";
import "./style/query.css";
import "./style/hits.css";
import "./style/answer.css";
import "./style/document.css";
import "./style/add.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
