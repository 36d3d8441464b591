import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** The bytes of every good answer. */
export const PICTURE = Buffer.from("the bytes of a picture");

/** The first bytes of one, and some more. */
export const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_046, "jpeg")]);

const jpegWith =
  (headers: Record<string, string>): Answer =>
  (response) =>
    response.writeHead(200, headers).end(JPEG);

const redirect = (location: string) => (response: ServerResponse) => void response.writeHead(302, { location }).end();
const picture: Answer = (response) => response.writeHead(200, { "content-type": "image/png" }).end(PICTURE);

/** Says these bytes and no more, past the server's own idea of HTTP. */
const raw =
  (bytes: string, then: (response: ServerResponse) => void = () => undefined): Answer =>
  (response) =>
    void response.socket!.write(bytes, "latin1", () => then(response));

const reset = (response: ServerResponse): void => void response.socket!.resetAndDestroy();

/** Says the same for ever, a piece each `everyMs`. */
const drip =
  (start: string, piece: string, everyMs: number): Answer =>
  (response) => {
    const socket = response.socket!;
    socket.write(start, "latin1");
    const timer = setInterval(() => socket.write(piece, "latin1"), everyMs);
    socket.once("close", () => clearInterval(timer));
  };

/** What hosts of the bad internet do, by path. */
export const BAD_ANSWERS: Readonly<Record<string, Answer>> = {
  "/picture": picture,
  "/slow": (response, request) => void setTimeout(() => picture(response, request), 100),
  "/silent": () => undefined,
  "/stalls": (response) => void response.writeHead(200, { "content-length": 1_000 }).write("some"),
  "/drips": drip("HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n", ".", 50),
  "/endless-headers": drip("HTTP/1.1 200 OK\r\n", "x-more: 1\r\n", 20),
  "/fast-endless-headers": drip("HTTP/1.1 200 OK\r\n", `x-more: ${"y".repeat(4_000)}\r\n`, 1),
  "/many-headers": raw(`HTTP/1.1 200 OK\r\n${"x: 1\r\n".repeat(20_000)}content-length: 1\r\n\r\nx`),
  "/endless": drip("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(65_536), 1),
  "/too-short": raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nx", (response) => response.socket!.end()),
  "/too-long": raw(`HTTP/1.1 200 OK\r\ncontent-length: ${PICTURE.length}\r\n\r\n${PICTURE.toString()}and more`),
  "/two-lengths": raw("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"),
  "/no-http": raw("SSH-2.0-OpenSSH_9.6\r\n"),
  "/gzip-bomb": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000))),
  "/aws-chunked": jpegWith({ "content-type": "image/jpeg", "content-encoding": "aws-chunked" }),
  "/unknown-coding": jpegWith({ "content-type": "image/jpeg", "content-encoding": "utf-8" }),
  "/said-to-be-gzip": jpegWith({ "content-type": "image/jpeg", "content-encoding": "gzip" }),
  "/jpeg-as-page": jpegWith({ "content-type": "text/html; charset=utf-8" }),
  "/jpeg-as-octets": jpegWith({ "content-type": "application/octet-stream" }),
  "/secret-gzip": (response) => response.writeHead(200, { "content-type": "image/jpeg" }).end(gzipSync(JPEG)),
  "/brotli": (response) =>
    response.writeHead(200, { "content-type": "image/jpeg", "content-encoding": "br" }).end(brotliCompressSync(JPEG)),
  "/in-aws-chunks": (response) =>
    response
      .writeHead(200, { "content-encoding": "aws-chunked" })
      .end(Buffer.concat([Buffer.from("802;chunk-signature=ad80c730\r\n"), JPEG, Buffer.from("\r\n0\r\n\r\n")])),
  "/fragment-of-a-page": (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<div>Please sign in</div>"),
  "/page-as-png": (response) => response.writeHead(200, { "content-type": "image/png" }).end("<html>no picture"),
  "/page": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
  "/loop": redirect("/loop"),
  "/ping": redirect("//other.example/pong"),
  "/pong": redirect("//pictures.example/ping"),
  "/to-other": redirect("http://other.example/echo"),
  "/to-https": redirect("https://pictures.example/echo"),
  "/to-http": redirect("http://pictures.example/echo"),
  "/to-utf-8": raw(
    Buffer.from("HTTP/1.1 302 Found\r\nlocation: /bücher\r\ncontent-length: 0\r\n\r\n").toString("latin1"),
  ),
  "/two-locations": raw("HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n"),
  "/to-self": redirect("/echo"),
  "/resets-at-once": reset,
  "/resets-in-headers": raw("HTTP/1.1 200 OK\r\nconte", reset),
  "/resets-in-body": raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nsome", reset),
  "/closes": (response) => void response.socket!.destroy(),
  "/echo": (response, { headers }) => response.end(JSON.stringify(headers)),
};
