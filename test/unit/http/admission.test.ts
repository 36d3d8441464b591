import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Admission, admitting, placeOf, type Admitted } from "../../../src/http/admission";

const allowsOrigin = (origin: string) => origin === "https://shop.example";
let server: Server;
afterEach(() => server?.close());

async function serve(app: RequestListener, admission = new Admission()): Promise<string> {
  server = createServer(admitting(app, { admission, allowsOrigin })).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (url: string, headers = {}) => fetch(`${url}/graphql`, { method: "POST", body: "{}", headers });

it("admits so many operations, and refuses the next until one is over", () => {
  const admission = new Admission();
  const places = Array.from({ length: admission.limit }, () => admission.enter());
  expect(places.every((place) => place !== null)).toBe(true);
  expect(admission.enter()).toBeNull();
  places[0]!.leave(true);
  expect(admission.enter()).not.toBeNull();
});

it("admits as many as are answered within its patience, once it was busy long enough to know", () => {
  const now = jest.spyOn(performance, "now").mockReturnValue(0);
  const admission = new Admission();
  // 20 under way all the time, one answered every 5 ms: 200 a second.
  const places: Admitted[] = Array.from({ length: 20 }, () => admission.enter()!);
  for (let ms = 5; ms <= 2_000; ms += 5) {
    now.mockReturnValue(ms);
    places.shift()!.leave(true);
    places.push(admission.enter()!);
  }
  expect(admission.limit).toBeGreaterThanOrEqual(34);
  expect(admission.limit).toBeLessThanOrEqual(38);
  now.mockRestore();
});

it("gives mutations places of their own", () => {
  const admission = new Admission();
  for (let i = 0; i < admission.limit; i++) admission.enter()!.asMutation();
  const place = admission.enter();
  expect(place).not.toBeNull();
  expect(() => place!.asMutation()).toThrow(expect.objectContaining({ code: "OVERLOADED", retryable: true }));
});

it("answers who is refused with OVERLOADED and when to come again, pages of other origins too", async () => {
  const admission = new Admission();
  while (admission.enter() !== null);
  const url = await serve((_, response) => void response.end("let in"), admission);
  const response = await post(url, { origin: "https://shop.example" });
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(response.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "OVERLOADED", retryable: true } }] });
  expect((await post(url, { origin: "https://other.example" })).headers.get("access-control-allow-origin")).toBeNull();
  expect(await (await fetch(`${url}/live`)).text()).toBe("let in");
});

it("tells an operation that its client has hung up, and none that was answered", async () => {
  const places: Admitted[] = [];
  const url = await serve((request, response) => {
    places.push(placeOf(request)!);
    if (places.length === 1) response.end("answered");
  });
  await (await post(url)).text();
  const hanging = httpRequest(`${url}/graphql`, { method: "POST" }).on("error", () => undefined);
  hanging.end("{}");
  while (places.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  hanging.destroy();
  await once(places[1]!.signal, "abort");
  expect(places.map(({ signal }) => signal.aborted)).toEqual([false, true]);
  expect(places.map(({ aborted }) => aborted)).toEqual([false, true]);
});

it("tells who asks for the signal late, too, and why", () => {
  const place = new Admission().enter()!;
  expect(place.reason).toBeNull();
  place.leave(false);
  expect(place).toMatchObject({ aborted: true, reason: { code: "BAD_USER_INPUT" } });
  expect(place.signal).toMatchObject({ aborted: true, reason: place.reason });
});
