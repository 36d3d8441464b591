import type { CSSProperties } from "react";
import type { ProgressFragment } from "../generated/operations";
import { texts } from "../texts";

const said = texts.ingestion;

/** How far the PDFs are whose pages are being stored, each with a bar. */
export function PdfsInWork({ pdfs }: { readonly pdfs: ProgressFragment["pdfsInWork"] }) {
  if (pdfs.length === 0) return null;
  return (
    <ul className="pdfs-in-work" aria-label={said.pdfsInWork}>
      {pdfs.map(({ index, key, title, pages, pagesDone }) => {
        const name = title ?? said.item(index, null, key);
        return (
          <li key={index}>
            <strong>{name}</strong> <span className="faint">{said.pages(pagesDone, pages)}</span>
            <div
              className="bar"
              role="progressbar"
              aria-label={name}
              aria-valuemin={0}
              aria-valuemax={pages}
              aria-valuenow={pagesDone}
            >
              <i className="bar-new" style={{ "--share": pagesDone / pages } as CSSProperties} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
