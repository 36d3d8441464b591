import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { pageRoute } from "../../../src/http/page-route";

let server: Server;
let url: string;

beforeAll(async () => {
  const route = await pageRoute(() => "https://pictures.example", true);
  server = express().use(route).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path!);

it("serves the page at / to be asked for again, under a policy that lets nothing strange in", async () => {
  const response = await get("/?q=a+cat");
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-cache");
  const policy = response.headers.get("content-security-policy")!.split("; ");
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
  );
  expect(policy).toContain("img-src 'self' https://pictures.example data: blob:");
  expect(await response.text()).not.toMatch(/<script(?![^>]+src=)|<style|https?:\/\//);
});

it("serves files with hashed names for ever, small where the browser takes it", async () => {
  const assets = assetsOf(await (await get("/")).text());
  expect(assets.map((path) => path.split(".").at(-1)).sort()).toEqual(["css", "js"]);
  for (const path of assets) {
    const [plain, small] = await Promise.all([
      get(`/${path}`, { "accept-encoding": "identity" }),
      get(`/${path}`, { "accept-encoding": "gzip" }),
    ]);
    expect(small.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect([plain.headers.get("content-encoding"), small.headers.get("content-encoding")]).toEqual([null, "gzip"]);
    expect(Number(small.headers.get("content-length"))).toBeLessThan(Number(plain.headers.get("content-length")) / 2);
    expect(await small.text()).toBe(await plain.text());
  }
});

it("knows no other path, and nothing but reading", async () => {
  for (const path of ["/index.html/x", "/assets/", "/assets/..%2f..%2fpackage.json", "/../package.json", "/.stamp"]) {
    expect((await get(path)).status).toBe(404);
  }
  expect((await fetch(`${url}/`, { method: "POST" })).status).toBe(404);
});
