import { texts } from "../texts";
import type { OpenDocument } from "./open-document";

type Fact = readonly [name: string, value: string | null | undefined];

/** What is known of a document besides its content. */
export function Facts({ document }: { readonly document: OpenDocument }) {
  const image = document.__typename === "ImageDocument" ? document : null;
  const page = document.pdfPage;
  const facts: Fact[] = [
    [texts.document.key, document.key],
    [texts.document.stored, new Date(document.createdAt).toLocaleString()],
    [texts.document.size, image && `${image.width} × ${image.height}`],
    [texts.document.source, image?.sourceUrl],
    ...Object.entries(page ? withoutPage(document.metadata) : document.metadata).map(([key, value]): Fact => [
      key,
      asText(value),
    ]),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
      {page && (
        <div>
          <dt>{page.title ?? texts.document.pdf}</dt>
          <dd>
            <a href={page.url} target="_blank" rel="noreferrer">
              {texts.document.page(page.page, page.pages)}
            </a>
          </dd>
        </div>
      )}
      {image && (
        <div>
          <dt>{image.mediaType}</dt>
          <dd>
            <a href={image.url} target="_blank" rel="noreferrer">
              {texts.document.original}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What the link to the page says already. */
const withoutPage = ({
  pdf: _pdf,
  pdfTitle: _title,
  pdfPage: _page,
  pdfPages: _pages,
  ...own
}: Record<string, unknown>) => own;

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
