import { pageMetadata, pdfPageOf } from "../../../src/documents/pdf-page";

const pdf = "0123456789abcdef".repeat(4);

it.each([
  { pdf, title: "A title", page: 3, pages: 12 },
  { pdf, title: null, page: 1, pages: 1 },
])("reads back from metadata what it wrote: %j", (page) => {
  expect(pdfPageOf({ own: true, ...pageMetadata(page) })).toEqual(page);
});

it.each([
  {},
  { pdf: "handbook.pdf", pdfPage: 1, pdfPages: 2 },
  { pdf: pdf.toUpperCase(), pdfPage: 1, pdfPages: 2 },
  { pdf, pdfPage: 0, pdfPages: 2 },
  { pdf, pdfPage: "1", pdfPages: 2 },
  { pdf, pdfPage: 1 },
])("takes %j for no page", (metadata) => {
  expect(pdfPageOf(metadata)).toBeNull();
});
