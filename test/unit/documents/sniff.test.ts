import { sniff } from "../../../src/documents/sniff";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

it.each([
  ["jpeg", "\xff\xd8\xff\xe0"],
  ["png", "\x89PNG\r\n\x1a\n"],
  ["gif", "GIF87a"],
  ["gif", "GIF89a"],
  ["webp", "RIFF\x10\0\0\0WEBPVP8 "],
  ["avif", "\0\0\0\x14ftypavif\0\0\0\0"],
  ["avif", "\0\0\0\x14ftypavis\0\0\0\0"],
  ["heic", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
  ["avif", "\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"],
])("knows %s by its first bytes", (format, head) => {
  expect(sniff(latin1(head))).toEqual({ format });
});

it.each([
  ["a video", "\0\0\0\x18ftypisom\0\0\0\0mp41avc1"],
  ["a file of an unknown kind", "RIFF\x10\0\0\0WAVEfmt "],
  ["TIFF", "II*\0\x08\0\0\0"],
  ["TIFF", "MM\0*\0\0\0\x08"],
  ["BMP", "BM\x36\0\0\0\0\0"],
  ["PDF", "%PDF-1.7"],
  ["a ZIP archive", "PK\x03\x04\x14\0"],
  ["gzip", "\x1f\x8b\x08\0"],
  ["an icon file", "\0\0\x01\0\x01\0"],
  ["JPEG XL", "\xff\x0a\0\0"],
  ["SVG", "<svg xmlns='a'/>"],
  ["SVG", "\xef\xbb\xbf  <?xml version='1.0'?><!DOCTYPE svg><SVG>"],
  ["XML", "<?xml version='1.0'?><rss/>"],
  ["a web page", "\n<!DOCTYPE HTML><svg>"],
  ["a web page", "<html lang=en>"],
  ["plain text", "BMW is no bitmap"],
  ["plain text", Buffer.from("grüße, 你好").toString("latin1")],
])("names %s for the message", (looksLike, head) => {
  expect(sniff(latin1(head))).toEqual({ looksLike });
});

it("takes no longer over comments without end", () => {
  const startedMs = performance.now();
  sniff(latin1("<!---->".repeat(10_000)));

  expect(performance.now() - startedMs).toBeLessThan(200);
});

it("reads only the window that it is given", () => {
  const whole = latin1("XXXX\x89PNG\r\n\x1a\nXXXX");

  expect(sniff(whole.subarray(4))).toEqual({ format: "png" });
});
