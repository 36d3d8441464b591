import { captionedSample, LEAST_CAPTIONED } from "../../../../src/search/ranking/captioned-sample";
import { modelCalibration } from "../../../../src/search/ranking/model-calibration";
import { GappedVectors } from "../../../support/gapped-vectors";

const vectors = new GappedVectors(3);
const captioned = (count: number, takesPictures = true) =>
  Array.from({ length: count }, () => {
    const topic = vectors.topic();
    const text = vectors.about(topic, "text");
    return { query: text, document: text, image: takesPictures ? vectors.about(topic, "image") : null };
  });

it("refuses fewer than are needed, and says how many", () => {
  expect(() => captionedSample(captioned(LEAST_CAPTIONED - 1), "few")).toThrow(
    expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringMatching(/Only 63 .* 64 .* are needed/) }),
  );
});

it("does not take a picture and its own caption for strangers", () => {
  const sample = captionedSample(captioned(100), "pairs");
  const paired = modelCalibration(sample).strangers["text-image"];
  const mixedUp = modelCalibration({ ...sample, paired: false }).strangers["text-image"];
  // A caption's own picture is the nearest of all: with it among the strangers, nothing looks unusual.
  expect(paired.shareAbove(5)).toBeLessThan(0.2 * mixedUp.shareAbove(5));
});

it("tells its name and sizes, without pictures where there are none", () => {
  expect(modelCalibration(captionedSample(captioned(70), "ours")).set).toEqual({ name: "ours", texts: 70, images: 70 });
  expect(modelCalibration(captionedSample(captioned(70, false), "words")).set).toEqual({
    name: "words",
    texts: 70,
    images: 0,
  });
});
